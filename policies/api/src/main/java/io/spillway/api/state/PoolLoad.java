package io.spillway.api.state;

import io.spillway.api.environment.PoolKey;
import java.time.Instant;
import java.util.OptionalLong;

/// What a router reports of one pool each second, for capacity decisions. It never enters the
/// outbox.
///
/// @param router the router
/// @param at the router's clock
/// @param pool the pool
/// @param readyEndpoints endpoints it could use
/// @param running its own requests in flight there
/// @param queued requests that wait for this pool
/// @param wantedSpill requests since the last report whose policy allowed this pool but that found
///   no ready endpoint or no room in it
/// @param predictedTtftMillis prediction for a typical request; empty when unknown
public record PoolLoad(
        String router,
        Instant at,
        PoolKey pool,
        int readyEndpoints,
        int running,
        int queued,
        int wantedSpill,
        OptionalLong predictedTtftMillis) {}
