package io.spillway.router.admission;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.PoolKey;
import java.util.OptionalLong;

/// The right to have one request in flight at one endpoint, until [Dispatcher#release].
///
/// @param id unique in this dispatcher
/// @param pool the pool
/// @param endpoint the endpoint chosen
/// @param predictedTtftMillis prediction at this moment for this endpoint; empty when unknown
/// @param queueNanos time the work waited
/// @param admittedAt when it was granted
public record Slot(
        long id,
        PoolKey pool,
        Endpoint endpoint,
        OptionalLong predictedTtftMillis,
        long queueNanos,
        long admittedAt) {}
