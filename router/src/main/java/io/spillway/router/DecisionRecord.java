package io.spillway.router;

import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.Explanation.Step;
import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.Watermark;
import io.spillway.router.admission.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gathers what the journal will say of one request.
final class DecisionRecord {
    /// Waiting requests are decided many times; the last words matter most.
    private static final int MAX_STEPS = 64;

    private final Job job;
    private final List<Step> steps = new ArrayList<>();
    private Explanation explanation = new Explanation("", List.of());
    private Watermark watermark = new Watermark("", 0, 0);
    private String policyDigest = "";
    private int status;
    private @Nullable Slot slot;
    private @Nullable String zone;
    private boolean served;
    private long queueNanos;
    private OptionalLong predicted = OptionalLong.empty();
    private @Nullable Long ttftMillis;

    DecisionRecord(Job job) {
        this.job = job;
    }

    void decided(Explanation next, RouterState state) {
        explanation = next;
        watermark = state.routing().watermark();
        policyDigest = state.policy().digest();
    }

    void step(String subject, String outcome) {
        if (steps.size() < MAX_STEPS) {
            steps.add(new Step(subject, outcome));
        }
    }

    void dispatched(Slot next) {
        slot = next;
        queueNanos += next.queueNanos();
        predicted = next.predictedTtftMillis();
    }

    void firstByte(String zoneName, long millis) {
        served = true;
        zone = zoneName;
        ttftMillis = millis;
    }

    void status(int code) {
        status = code;
    }

    long queueMillis() {
        return TimeUnit.NANOSECONDS.toMillis(queueNanos);
    }

    Decided end(String outcome, int attempts, Instant now, long nowNanos) {
        var all = new ArrayList<>(explanation.steps());
        all.addAll(steps);
        var at = served ? slot : null;
        return new Decided(
                now,
                job.decisionId(),
                job.principal().tenant().name(),
                job.principal().key().id(),
                job.operation().telemetryName(),
                job.body().model(),
                job.classification(),
                outcome,
                status,
                at == null ? null : at.pool(),
                at == null ? null : zone,
                at == null ? null : at.endpoint().id(),
                predicted.isPresent() ? Long.valueOf(predicted.getAsLong()) : null,
                ttftMillis,
                queueMillis(),
                TimeUnit.NANOSECONDS.toMillis(nowNanos - job.arrivedNanos()),
                attempts,
                watermark,
                policyDigest,
                new Explanation(explanation.rule(), all));
    }
}
