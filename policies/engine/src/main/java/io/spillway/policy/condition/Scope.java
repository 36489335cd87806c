package io.spillway.policy.condition;

import io.spillway.api.environment.Environment;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts that closures read, for one request on one thread. What is not set is unknown.
public final class Scope {
    /// A predicted time that is not known, which counts as longer than any other.
    public static final long UNKNOWN_TTFT = Long.MAX_VALUE;

    /// With more findings than this, what a condition asks of them is unknown. It bounds the cost
    /// of a decision, and unknown falls on the side that keeps a request at home.
    public static final int MOST_FINDINGS = 1_000;

    final RequestFacts request;
    final List<Finding> findings;
    final boolean tooManyFindings;
    Set<String> unscanned;
    @Nullable Instant now;
    @Nullable DataClass dataClass;
    @Nullable Environment environment;
    @Nullable Finding finding;
    long predictedTtftNanos = UNKNOWN_TTFT;

    /// @param findings the findings that count, which leaves out those of low confidence
    public Scope(RequestFacts request, List<Finding> findings) {
        this.request = request;
        this.findings = findings;
        this.tooManyFindings = findings.size() > MOST_FINDINGS;
        this.unscanned = request.unscanned();
    }

    /// Sets what could not be scanned, besides what the request itself says.
    public Scope unscanned(Set<String> kinds) {
        if (!kinds.isEmpty() && !kinds.equals(unscanned)) {
            var all = new HashSet<>(unscanned);
            all.addAll(kinds);
            unscanned = all;
        }
        return this;
    }

    /// Sets the time of the decision.
    public Scope now(Instant value) {
        this.now = value;
        return this;
    }

    /// Sets the class of the request.
    public Scope dataClass(DataClass value) {
        this.dataClass = value;
        return this;
    }

    /// Sets the environment that is looked at.
    public Scope environment(Environment value) {
        this.environment = value;
        return this;
    }

    /// Sets the best prediction so far.
    public Scope predictedTtftNanos(long value) {
        this.predictedTtftNanos = value;
        return this;
    }

    /// The best prediction so far, [#UNKNOWN_TTFT] when there is none.
    public long predictedTtftNanos() {
        return predictedTtftNanos;
    }
}
