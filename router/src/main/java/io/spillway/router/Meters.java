package io.spillway.router;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spillway.api.state.JournalRecord.Decided;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// What a data plane counts. Labels are bounded: zones, classes, outcomes and reasons, never names
/// that callers choose.
final class Meters {
    private final MeterRegistry registry;
    private final Counter permits;
    private final Timer classifier;
    private final Timer queueWait;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.permits = registry.counter("spillway.egress.permits");
        this.classifier = registry.timer("spillway.classifier");
        this.queueWait = registry.timer("spillway.queue.wait");
    }

    void permitted() {
        permits.increment();
    }

    void egressDenied(String reason) {
        counter("spillway.egress.denied", "reason", reason).increment();
    }

    void refused(String outcome, String code) {
        if (outcome.equals("shed")) {
            counter("spillway.shed", "point", code).increment();
        }
    }

    void rejected(String code) {
        counter("spillway.rejected", "code", code).increment();
    }

    void classified(long nanos) {
        classifier.record(nanos, TimeUnit.NANOSECONDS);
    }

    void decided(Decided entry) {
        var zone = entry.zone() == null ? "none" : entry.zone();
        var dataClass = entry.classification().dataClass().wire();
        counters.computeIfAbsent(
                        zone + dataClass + entry.outcome(),
                        _ ->
                                registry.counter(
                                        "spillway.decisions",
                                        "zone",
                                        zone,
                                        "class",
                                        dataClass,
                                        "reason",
                                        entry.outcome()))
                .increment();
        queueWait.record(Duration.ofMillis(entry.queueMillis()));
        if (entry.outcome().equals("served")) {
            timer("gen_ai.server.request.duration", entry.operation(), zone)
                    .record(Duration.ofMillis(entry.totalMillis()));
            if (entry.ttftMillis() != null) {
                timer("gen_ai.server.time_to_first_token", entry.operation(), zone)
                        .record(Duration.ofMillis(entry.ttftMillis()));
            }
        }
    }

    private Timer timer(String name, String operation, String zone) {
        return timers.computeIfAbsent(
                name + operation + zone,
                _ ->
                        registry.timer(
                                name, "gen_ai.operation.name", operation, "spillway.zone", zone));
    }

    private Counter counter(String name, String label, String value) {
        return counters.computeIfAbsent(name + value, _ -> registry.counter(name, label, value));
    }
}
