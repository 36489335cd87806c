package io.spillway.policy.condition;

import io.spillway.api.environment.Environment;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The facts that closures read, for one request on one thread. What is not set is unknown.
public final class Scope {
    /// A predicted time that is not known, which counts as longer than any other.
    public static final long UNKNOWN_TTFT = Long.MAX_VALUE;

    final RequestFacts request;
    final List<Finding> findings;
    @Nullable DataClass dataClass;
    @Nullable Environment environment;
    @Nullable Finding finding;
    long predictedTtftNanos = UNKNOWN_TTFT;

    /// @param findings the findings that count, which leaves out those of low confidence
    public Scope(RequestFacts request, List<Finding> findings) {
        this.request = request;
        this.findings = findings;
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
