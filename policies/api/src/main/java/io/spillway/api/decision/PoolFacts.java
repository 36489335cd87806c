package io.spillway.api.decision;

import io.spillway.api.environment.PoolKey;
import java.util.OptionalLong;

/// What a router knows of one pool at one moment.
///
/// @param pool the pool
/// @param readyEndpoints endpoints that may receive requests now
/// @param freeSlots requests that could start now without queueing in Spillway; 0 means full
/// @param predictedTtftMillis predicted time to first token for the request at hand, in
///   milliseconds; empty means unknown, which counts as infinite and never as 0
public record PoolFacts(
        PoolKey pool, int readyEndpoints, int freeSlots, OptionalLong predictedTtftMillis) {}
