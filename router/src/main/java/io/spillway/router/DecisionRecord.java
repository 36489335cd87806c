package io.spillway.router;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.Explanation.Step;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Finding;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.Watermark;
import io.spillway.policy.Placed;
import io.spillway.router.admission.Slot;
import io.spillway.router.masking.MaskedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gathers what the journal will say of one request.
final class DecisionRecord {
    /// Waiting requests are decided many times; the last words matter most.
    private static final int MAX_STEPS = 64;

    /// A request full of addresses must not fill the journal. Whoever reads the record is told that
    /// something is missing.
    private static final int MAX_FINDINGS = 256;

    private Job job;
    private final List<Step> steps = new ArrayList<>();
    private Explanation explanation = new Explanation("", List.of());
    private Watermark watermark = new Watermark("", 0, 0);
    private String policyDigest = "";
    private String detectors = "";
    private String environments = "";
    private @Nullable World world;
    private List<PoolKey> allowed = List.of();
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

    /// What a decision is about to read.
    ///
    /// @param model the model it is made for
    /// @param grants public environments that tenant and key may leave for
    record World(String model, List<PoolFacts> pools, Set<String> grants, Instant now) {}

    void weighs(World next) {
        world = next;
    }

    /// @param environmentDigest digest of the environments in `state`
    void decided(Placed placed, RouterState state, String environmentDigest) {
        explanation = placed.decision().explanation();
        allowed = allowed(placed);
        watermark = state.routing().watermark();
        policyDigest = state.policy().digest();
        detectors = state.policy().detectors();
        environments = environmentDigest;
    }

    private static List<PoolKey> allowed(Placed placed) {
        if (!(placed.decision() instanceof Decision.Serve serve)) {
            return placed.allowedWithoutEndpoint();
        }
        var pools = new ArrayList<PoolKey>(4);
        serve.candidates().forEach(it -> pools.add(it.pool()));
        pools.addAll(placed.allowedWithoutEndpoint());
        return pools;
    }

    /// Its class was found anew.
    void reassessed(Job again) {
        job = again;
    }

    /// What was masked for an attempt; the last words about a pool hold.
    void masked(PoolKey pool, MaskedRequest masked) {
        var placeholders = masked.placeholders();
        step(
                "masked for " + pool,
                "%s, %d"
                        .formatted(
                                new TreeSet<>(masked.types()),
                                placeholders == null ? 0 : placeholders.size()));
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
                bounded(job.classification()),
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
                new Explanation(explanation.rule(), all),
                features());
    }

    private static Classification bounded(Classification whole) {
        return whole.findings().size() <= MAX_FINDINGS
                ? whole
                : new Classification(
                        whole.dataClass(),
                        whole.unscanned(),
                        whole.findings().stream()
                                .sorted(Comparator.comparingDouble(Finding::confidence).reversed())
                                .limit(MAX_FINDINGS)
                                .toList(),
                        whole.sources());
    }

    private @Nullable DecisionFeatures features() {
        var read = world;
        return read == null
                ? null
                : new DecisionFeatures(
                        job.facts(),
                        Math.max(0, job.classification().findings().size() - MAX_FINDINGS),
                        read.grants(),
                        read.model().equals(job.body().model()) ? null : read.model(),
                        read.pools(),
                        allowed,
                        read.now(),
                        detectors,
                        environments);
    }
}
