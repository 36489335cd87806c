package io.spillway.router.admission;

import static io.spillway.router.admission.Site.CLOUD;
import static io.spillway.router.admission.Site.HOME;
import static io.spillway.router.admission.Site.MILLI;
import static io.spillway.router.admission.Site.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.PoolKey;
import io.spillway.router.balancing.AttemptOutcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random histories against a simulated clock.
class DispatcherPropertyTest {
    private static final int PLACES = 12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverHappensEveryTicketEndsOnceAndEverySlotComesBack(int seed) {
        for (int round = 0; round < 20; round++) {
            var history = new History(seed * 1000L + round);
            for (int step = 0; step < 600; step++) {
                history.step();
                history.checkInvariants();
            }
            history.finish();
        }
    }

    /// One random history and the book kept about it.
    private static final class History {
        private final SplittableRandom random;
        private final ArrayDeque<Wake> wakes = new ArrayDeque<>();
        private final Dispatcher dispatcher;
        private final Map<Long, Ticket> waiting = new HashMap<>();
        private final Map<Long, String> ended = new HashMap<>();
        private final List<Slot> slots = new ArrayList<>();
        private final Map<Long, Boolean> spillable = new HashMap<>();
        private final Set<Endpoint> endpoints = new HashSet<>();
        private long now = SECOND;

        History(long seed) {
            random = new SplittableRandom(seed);
            var settings =
                    AdmissionSettings.defaults("router-1")
                            .withSlots(new AdmissionSettings.Slots(4, 2, 5))
                            .withQueue(new AdmissionSettings.Queue(PLACES, PLACES, 0, 4000));
            dispatcher = new Dispatcher(settings, seed, wakes::add);
            endpoints.addAll(List.of(Site.home(1), Site.home(2), Site.cloud(1)));
            apply();
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> arrive();
                case 4, 5, 6 -> release();
                case 7, 8 -> answerOneWake();
                case 9 -> pass(random.nextLong(300 * MILLI));
                case 10 -> cancelOne();
                default -> rarely();
            }
        }

        private void rarely() {
            switch (random.nextInt(4)) {
                case 0 -> toggle(random.nextBoolean() ? Site.home(2) : Site.cloud(1));
                case 1 -> report();
                case 2 -> dispatcher.probeFailed("h1", now);
                default -> pass(random.nextLong(3 * SECOND));
            }
        }

        private void arrive() {
            boolean free = random.nextBoolean();
            var tenant = "abc".substring(random.nextInt(3)).substring(0, 1);
            long deadline = now + random.nextLong(100 * MILLI, 20 * SECOND);
            var work = Site.work(tenant, free, random.nextInt(1, 4000), deadline);
            work = Site.withPriority(work, random.nextInt(10));
            var whenFull = random.nextInt(10) == 0 ? WhenFull.SHED : WhenFull.QUEUE;
            note(dispatcher.admit(work, Site.serve(whenFull, pools(free)), now), work);
        }

        private static PoolKey[] pools(boolean free) {
            return free ? new PoolKey[] {HOME, CLOUD} : new PoolKey[] {HOME};
        }

        private void note(Admission admission, Work work) {
            switch (admission) {
                case Admission.Admitted it -> started(it.slot(), work);
                case Admission.Waiting it -> {
                    waiting.put(it.ticket().id(), it.ticket());
                    spillable.put(it.ticket().id(), work.spillable());
                }
                case Admission.Refused it ->
                        assertThat(it.retryAfterMillis()).isBetween(0L, 60_000L);
                case Admission.Ended _ -> throw new AssertionError("new work cannot have ended");
            }
        }

        private void started(Slot slot, Work work) {
            slots.add(slot);
            assertThat(slot.pool()).isIn((Object[]) pools(work.spillable()));
            assertThat(endpoints).contains(slot.endpoint());
        }

        private void end(Ticket ticket, String how) {
            assertThat(ended.put(ticket.id(), how)).as("ticket ended before").isNull();
            assertThat(waiting.remove(ticket.id())).as("ticket was waiting").isNotNull();
        }

        private void answerOneWake() {
            var wake = wakes.poll();
            if (wake == null) {
                return;
            }
            var ticket = wake.ticket();
            switch (wake) {
                case Wake.Expired _ -> end(ticket, "expired");
                case Wake.Shed _ -> end(ticket, "shed");
                case Wake.Redecide _ -> redecide(ticket);
            }
        }

        private void redecide(Ticket ticket) {
            var facts = dispatcher.facts(ticket, now);
            assertThat(facts.values()).allMatch(it -> it.freeSlots() >= 0);
            switch (dispatcher.admit(ticket, Site.serve(pools(spillable(ticket))), now)) {
                case Admission.Admitted it -> {
                    end(ticket, "admitted");
                    started(it.slot(), ticket.work());
                }
                case Admission.Waiting it -> assertThat(it.ticket()).isEqualTo(ticket);
                case Admission.Refused _ -> end(ticket, "refused");
                case Admission.Ended _ -> {} // its own wake is still to be read, or was
            }
        }

        private boolean spillable(Ticket ticket) {
            return spillable.get(ticket.id());
        }

        private void release() {
            if (slots.isEmpty()) {
                return;
            }
            var slot = slots.remove(random.nextInt(slots.size()));
            if (random.nextBoolean()) {
                dispatcher.firstToken(slot, now);
            }
            var kinds = AttemptOutcome.Kind.values();
            var outcome =
                    new AttemptOutcome(
                            kinds[random.nextInt(kinds.length)],
                            random.nextInt(2000),
                            random.nextInt(200),
                            OptionalLong.empty());
            assertThat(dispatcher.release(slot, outcome, now)).isTrue();
            assertThat(dispatcher.release(slot, outcome, now)).isFalse();
        }

        private void cancelOne() {
            waiting.values().stream()
                    .skip(waiting.isEmpty() ? 0 : random.nextInt(waiting.size()))
                    .findFirst()
                    .ifPresent(ticket -> {
                        if (dispatcher.cancel(ticket, now)) {
                            end(ticket, "cancelled");
                        }
                    });
        }

        private void report() {
            int running = random.nextInt(8);
            int queued = random.nextInt(4);
            var reading =
                    new LoadReport(running, queued, OptionalDouble.of(0.3), false, Instant.EPOCH);
            dispatcher.report(random.nextBoolean() ? "h1" : "c1", reading, now);
        }

        private void toggle(Endpoint endpoint) {
            if (!endpoints.remove(endpoint)) {
                endpoints.add(endpoint);
            }
            apply();
        }

        private void apply() {
            dispatcher.apply(Site.of(endpoints.toArray(Endpoint[]::new)), now);
        }

        private void pass(long nanos) {
            now += nanos;
            dispatcher.tick(now);
        }

        void checkInvariants() {
            int running = 0;
            int queued = 0;
            for (var load : dispatcher.poolLoads(Instant.EPOCH, now)) {
                running += load.running();
                queued = Math.max(queued, load.queued());
                assertThat(load.queued()).isLessThanOrEqualTo(PLACES);
            }
            // In flight at an endpoint that is gone counts until it ends.
            assertThat(running).isEqualTo(slots.size());
            assertThat(queued).isLessThanOrEqualTo(waiting.size());
        }

        /// Lets everything run out: nothing may be stuck.
        void finish() {
            endpoints.addAll(List.of(Site.home(1), Site.home(2), Site.cloud(1)));
            apply();
            for (int i = 0; i < 2000 && !(waiting.isEmpty() && slots.isEmpty()); i++) {
                while (!wakes.isEmpty()) {
                    answerOneWake();
                }
                noFreeSlotIsOverlooked();
                release();
                pass(20 * MILLI);
            }
            while (!wakes.isEmpty()) {
                answerOneWake();
            }
            assertThat(waiting).isEmpty();
            assertThat(slots).isEmpty();
            checkInvariants();
        }

        /// All wakes are answered, so whoever still waits must have found no room.
        private void noFreeSlotIsOverlooked() {
            for (var ticket : waiting.values()) {
                var facts = dispatcher.facts(ticket, now);
                for (var pool : pools(spillable(ticket))) {
                    assertThat(facts.get(pool).freeSlots())
                            .as("free slots of %s for waiting %s", pool, ticket)
                            .isZero();
                }
            }
        }
    }
}
