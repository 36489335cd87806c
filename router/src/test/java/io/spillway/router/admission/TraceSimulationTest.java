package io.spillway.router.admission;

import static io.spillway.router.admission.Site.CLOUD;
import static io.spillway.router.admission.Site.HOME;
import static io.spillway.router.admission.Site.MILLI;
import static io.spillway.router.admission.Site.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.PoolKey;
import io.spillway.router.balancing.AttemptOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// An hour of a real trace against simulated servers: private capacity for six tenths of the peak
/// minute, three requests in ten may not leave, the rest may when the prediction passes 1.5 s.
class TraceSimulationTest {
    private static final long LIMIT_MILLIS = 1500;
    private static final double SENSITIVE = 0.3;
    private static final long PATIENCE = 60 * SECOND;

    @Test
    void anHourOfBurstsIsServedWithoutASensitiveRequestLeaving() throws Exception {
        var run = new Run(Trace.code(), 6500, 4);

        run.play();

        System.out.println(run.table());
        assertThat(run.sensitiveInCloud).isZero();
        assertThat(run.ended).isEqualTo(run.requests.size());
        assertThat(run.running()).isZero();
        assertThat(run.count(false, true)).as("spills").isPositive();
        assertThat(run.lost).as("refused or expired").isLessThan(run.requests.size() / 20);
        assertThat(run.medianRelativeError()).as("median error of prediction").isLessThan(0.5);
    }

    /// One request on its way.
    private record Sample(
            boolean sensitive,
            boolean cloud,
            double queueMillis,
            double ttftMillis,
            double predicted) {}

    private static final class Run {
        private final List<Trace.Request> requests;
        private final EventClock clock = new EventClock();
        private final SplittableRandom random = new SplittableRandom(11);
        private final Map<String, ModelServer> servers = new HashMap<>();
        private final Map<Long, Trace.Request> waiting = new HashMap<>();
        private final List<Sample> samples = new ArrayList<>();
        private final Dispatcher dispatcher;
        private int sensitiveInCloud;
        private int ended;
        private int lost;
        private int lostSensitive;

        Run(List<Trace.Request> requests, double tokensPerSecond, int cloudServers) {
            this.requests = requests;
            dispatcher = new Dispatcher(AdmissionSettings.defaults("sim"), 5, this::woken);
            var endpoints = new ArrayList<>(List.of(Site.home(1), Site.home(2)));
            for (int i = 1; i <= cloudServers; i++) {
                endpoints.add(Site.cloud(i));
            }
            endpoints.forEach(it ->
                    servers.put(
                            it.id(), new ModelServer(clock, tokensPerSecond, it.id().hashCode())));
            dispatcher.apply(
                    Site.of(endpoints.toArray(io.spillway.api.environment.Endpoint[]::new)), 0);
        }

        void play() {
            servers.forEach((id, server) -> probe(id, server, random.nextLong(SECOND)));
            tick();
            for (var request : requests) {
                clock.at(2 * SECOND + request.at(), () -> arrive(request));
            }
            clock.runUntil(requests.getLast().at() + 200 * SECOND);
        }

        private void probe(String id, ModelServer server, long delay) {
            clock.after(
                    delay,
                    () -> {
                        dispatcher.report(id, server.load(), clock.now());
                        probe(id, server, 900 * MILLI + random.nextLong(200 * MILLI));
                    });
        }

        private void tick() {
            dispatcher.tick(clock.now());
            clock.after(100 * MILLI, this::tick);
        }

        private void arrive(Trace.Request request) {
            boolean sensitive = random.nextDouble() < SENSITIVE;
            var tenant = sensitive ? "a" : "b";
            var work =
                    Site.work(tenant, !sensitive, request.promptTokens(), clock.now() + PATIENCE);
            var decision = decide(work, dispatcher.facts(work, clock.now()));
            settle(dispatcher.admit(work, decision, clock.now()), work, request);
        }

        /// The shipped policy: at home; elsewhere too when home would take too long.
        private static Decision decide(Work work, Map<PoolKey, PoolFacts> facts) {
            var home = facts.get(HOME).predictedTtftMillis();
            boolean slow = home.isEmpty() || home.getAsLong() > LIMIT_MILLIS;
            return work.spillable() && slow ? Site.serve(HOME, CLOUD) : Site.serve(HOME);
        }

        private void settle(Admission admission, Work work, Trace.Request request) {
            switch (admission) {
                case Admission.Admitted it -> send(it.slot(), work, request);
                case Admission.Waiting it -> waiting.put(it.ticket().id(), request);
                case Admission.Refused _ -> lose(work);
                case Admission.Ended _ -> {} // counted when its wake came
            }
        }

        private void lose(Work work) {
            ended++;
            lost++;
            lostSensitive += work.spillable() ? 0 : 1;
        }

        private void woken(Wake wake) {
            var ticket = wake.ticket();
            switch (wake) {
                case Wake.Redecide _ -> clock.after(MILLI, () -> redecide(ticket));
                case Wake.Expired _, Wake.Shed _ -> {
                    waiting.remove(ticket.id());
                    lose(ticket.work());
                }
            }
        }

        private void redecide(Ticket ticket) {
            var request = waiting.get(ticket.id());
            if (request == null) {
                return;
            }
            var work = ticket.work();
            var decision = decide(work, dispatcher.facts(ticket, clock.now()));
            var admission = dispatcher.admit(ticket, decision, clock.now());
            if (!(admission instanceof Admission.Waiting)) {
                waiting.remove(ticket.id());
            }
            settle(admission, work, request);
        }

        private void send(Slot slot, Work work, Trace.Request request) {
            boolean cloud = slot.pool().equals(CLOUD);
            sensitiveInCloud += cloud && !work.spillable() ? 1 : 0;
            long sent = clock.now();
            servers.get(slot.endpoint().id())
                    .accept(
                            request.promptTokens(),
                            request.outputTokens(),
                            () -> {
                                dispatcher.firstToken(slot, clock.now());
                                samples.add(
                                        new Sample(
                                                !work.spillable(),
                                                cloud,
                                                slot.queueNanos() / 1e6,
                                                (clock.now() - sent) / 1e6,
                                                slot.predictedTtftMillis().orElse(-1)));
                            },
                            () -> {
                                var usage =
                                        AttemptOutcome.ok(
                                                request.promptTokens(), request.outputTokens());
                                dispatcher.release(slot, usage, clock.now());
                                ended++;
                            });
        }

        int running() {
            return dispatcher.poolLoads(Instant.EPOCH, clock.now()).stream()
                    .mapToInt(it -> it.running())
                    .sum();
        }

        long count(boolean sensitive, boolean cloud) {
            return samples.stream()
                    .filter(it -> it.sensitive() == sensitive && it.cloud() == cloud)
                    .count();
        }

        double medianRelativeError() {
            return percentile(
                    samples.stream()
                            .filter(it -> it.predicted() > 0)
                            .mapToDouble(it ->
                                    Math.abs(it.predicted() - it.ttftMillis()) / it.ttftMillis())
                            .toArray(),
                    0.5);
        }

        String table() {
            var text = new StringBuilder();
            text.append("label      zone     requests  queue p50/p99 ms   ttft p50/p99 ms\n");
            row(text, true, false);
            row(text, false, false);
            row(text, false, true);
            var errors =
                    samples.stream()
                            .filter(it -> it.predicted() > 0)
                            .mapToDouble(it -> Math.abs(it.predicted() - it.ttftMillis()))
                            .toArray();
            text.append(
                    "lost %d (sensitive %d); prediction error p50 %.0f ms, p90 %.0f ms, median relative %.2f%n"
                            .formatted(
                                    lost,
                                    lostSensitive,
                                    percentile(errors, 0.5),
                                    percentile(errors, 0.9),
                                    medianRelativeError()));
            return text.toString();
        }

        private void row(StringBuilder text, boolean sensitive, boolean cloud) {
            var rows =
                    samples.stream()
                            .filter(it -> it.sensitive() == sensitive && it.cloud() == cloud)
                            .toList();
            var queue = rows.stream().mapToDouble(Sample::queueMillis).toArray();
            var ttft = rows.stream().mapToDouble(it -> it.ttftMillis()).toArray();
            text.append(
                    "%-10s %-8s %8d  %7.0f /%7.0f   %7.0f /%7.0f%n"
                            .formatted(
                                    sensitive ? "sensitive" : "benign",
                                    cloud ? "public" : "private",
                                    rows.size(),
                                    percentile(queue, 0.5),
                                    percentile(queue, 0.99),
                                    percentile(ttft, 0.5),
                                    percentile(ttft, 0.99)));
        }

        private static double percentile(double[] values, double share) {
            var sorted = values.clone();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
        }
    }
}
