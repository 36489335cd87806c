package io.spillway.api.decision;

import io.spillway.api.environment.PoolKey;

/// A pool that a policy selected for a request.
///
/// @param pool the pool
/// @param why what selected it, in words, such as `rule the-rest-may-spill, use 2`
public record Candidate(PoolKey pool, String why) {}
