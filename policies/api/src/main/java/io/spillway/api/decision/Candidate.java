package io.spillway.api.decision;

import io.spillway.api.environment.PoolKey;
import java.util.Set;

/// A pool that a policy selected for a request.
///
/// @param pool the pool
/// @param why what selected it, in words, such as `rule the-rest-may-spill, use 2`
/// @param mask types of findings that must be masked in what is sent there: the pool was judged by
///   the class of what is then left. Empty when it may see the request as it is
public record Candidate(PoolKey pool, String why, Set<String> mask) {

    public Candidate {
        mask = Set.copyOf(mask);
    }

    /// A pool that may see the request as it is.
    public Candidate(PoolKey pool, String why) {
        this(pool, why, Set.of());
    }
}
