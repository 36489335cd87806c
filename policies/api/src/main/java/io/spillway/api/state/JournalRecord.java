package io.spillway.api.state;

import io.spillway.api.decision.Explanation;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a router writes down about its work. Never holds text of a caller.
public sealed interface JournalRecord {

    /// When it happened, by the router's clock.
    Instant at();

    /// Money and tokens set aside before an attempt.
    ///
    /// @param attemptId id of the attempt: the decision's id, `/` and 1, 2, ...
    /// @param amount most that the attempt can cost
    record Reserved(
            Instant at,
            String attemptId,
            String decisionId,
            String tenant,
            String keyId,
            String model,
            PoolKey pool,
            String zone,
            String endpoint,
            Money amount)
            implements JournalRecord {}

    /// How an attempt ended and what it cost.
    ///
    /// @param outcome `ok`, `cancelled`, `failed` or `crashed`
    /// @param estimated true when the server stated no usage and the amount is the reserved one or
    ///   an estimate
    record Settled(
            Instant at,
            String attemptId,
            String outcome,
            long promptTokens,
            long completionTokens,
            Money amount,
            boolean estimated)
            implements JournalRecord {}

    /// One decided request, written when it ends.
    ///
    /// @param decisionId id shown in `x-spillway-decision`
    /// @param outcome `served`, `shed`, `denied`, `failed` or `cancelled`
    /// @param status HTTP status sent to the caller
    /// @param pool the pool that served it, null when none did
    /// @param zone zone of that pool, null when none served
    /// @param endpoint the endpoint that served it, null when none did
    /// @param predictedTtftMillis prediction at dispatch, null when unknown
    /// @param ttftMillis measured from dispatch to the first upstream byte, null when none came
    /// @param queueMillis time in Spillway's queue
    /// @param features what the decision was made of; null when it was not decided by a policy
    record Decided(
            Instant at,
            String decisionId,
            String tenant,
            String keyId,
            String operation,
            String model,
            Classification classification,
            String outcome,
            int status,
            @Nullable PoolKey pool,
            @Nullable String zone,
            @Nullable String endpoint,
            @Nullable Long predictedTtftMillis,
            @Nullable Long ttftMillis,
            long queueMillis,
            long totalMillis,
            int attempts,
            Watermark state,
            String policyDigest,
            Explanation explanation,
            @Nullable DecisionFeatures features)
            implements JournalRecord {}

    /// Where a record stands; `(router, epoch, seq)` is its idempotency key.
    ///
    /// @param router name of the router
    /// @param epoch raised each time the router starts with an empty journal
    /// @param seq 1, 2, 3, ... per epoch
    record Position(String router, long epoch, long seq) {}

    /// Records on their way home.
    ///
    /// @param router name of the router
    /// @param epoch journal epoch
    /// @param firstSeq number of the first record
    /// @param records in order
    record Batch(String router, long epoch, long firstSeq, List<JournalRecord> records) {
        public Batch {
            records = List.copyOf(records);
        }
    }
}
