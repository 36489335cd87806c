package io.spillway.router.admission;

import static io.spillway.router.admission.Site.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.router.balancing.AttemptOutcome;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Real threads on one dispatcher: nobody waits for ever, and no slot is given twice.
class DispatcherThreadsTest {
    private static final int THREADS = 8;
    private static final int REQUESTS = 2000;
    private static final int SLOTS = 5;

    private final ConcurrentHashMap<Ticket, BlockingQueue<Wake>> mailboxes =
            new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final Dispatcher dispatcher =
            new Dispatcher(
                    AdmissionSettings.defaults("router-1")
                            .withSlots(new AdmissionSettings.Slots(SLOTS, 1, SLOTS)),
                    1,
                    wake -> mailbox(wake.ticket()).add(wake));

    @Test
    void eightThreadsShareFiveSlots() throws Exception {
        dispatcher.apply(Site.of(Site.home(1)), 0);

        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var work =
                    IntStream.range(0, THREADS)
                            .<Future<?>>mapToObj(it ->
                                    threads.submit(() -> {
                                        serveAll("abc".substring(it % 3, it % 3 + 1));
                                        return null;
                                    }))
                            .toList();
            await(work);
        }

        assertThat(served).hasValue(THREADS * REQUESTS);
        assertThat(inFlight).hasValue(0);
        assertThat(dispatcher.poolLoads(Instant.EPOCH, 1))
                .allMatch(it -> it.running() == 0 && it.queued() == 0);
    }

    private static void await(Iterable<Future<?>> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (var it : work) {
            it.get(60, TimeUnit.SECONDS);
        }
    }

    private BlockingQueue<Wake> mailbox(Ticket ticket) {
        return mailboxes.computeIfAbsent(ticket, _ -> new LinkedBlockingQueue<>());
    }

    private void serveAll(String tenant) throws InterruptedException {
        for (int i = 0; i < REQUESTS; i++) {
            var work = Site.work(tenant, false, 100, Long.MAX_VALUE);
            var admission = dispatcher.admit(work, Site.serve(HOME), 1);
            while (admission instanceof Admission.Waiting(var ticket)) {
                mailbox(ticket).take();
                admission = dispatcher.admit(ticket, Site.serve(HOME), 1);
            }
            var slot = ((Admission.Admitted) admission).slot();
            assertThat(inFlight.incrementAndGet()).isLessThanOrEqualTo(SLOTS);
            served.incrementAndGet();
            inFlight.decrementAndGet();
            dispatcher.release(slot, AttemptOutcome.ok(100, 10), 1);
        }
    }
}
