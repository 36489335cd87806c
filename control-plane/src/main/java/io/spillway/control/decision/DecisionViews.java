package io.spillway.control.decision;

import io.spillway.api.decision.Explanation;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.control.ledger.LedgerViews.LedgerEntry;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How decisions look on the admin REST.
final class DecisionViews {

    private DecisionViews() {}

    /// One decided request.
    @Schema(description = "One decided request.")
    public record DecisionSummary(
            @Schema(description = "Id, as shown to the caller in x-spillway-decision.") String id,
            @Schema(description = "When it ended, by the router's clock.") Instant at,
            @Schema(description = "The router.") String router,
            @Schema(description = "The tenant.") String tenant,
            @Schema(description = "Public id of the key.") String keyId,
            @Schema(description = "The call, such as chat.") String operation,
            @Schema(description = "The model name the caller sent.") String model,
            @Schema(description = "The request's data class.", implementation = DataClass.class)
                    String dataClass,
            @Schema(description = "How it ended.", implementation = Outcome.class) String outcome,
            @Schema(description = "HTTP status sent to the caller.") int status,
            @Schema(description = "The pool that served it; null when none did.")
                    @Nullable PoolKey pool,
            @Schema(
                            description = "Zone of that pool; null when none did.",
                            implementation = Zone.class)
                    @Nullable String zone,
            @Schema(description = "The endpoint that served it; null when none did.")
                    @Nullable String endpoint,
            @Schema(description = "Predicted time to first token; null when unknown.")
                    @Nullable Long predictedTtftMillis,
            @Schema(description = "Measured time to first token; null when none came.")
                    @Nullable Long ttftMillis,
            @Schema(description = "Time in Spillway's queue.") long queueMillis,
            @Schema(description = "Time from head to end.") long totalMillis,
            @Schema(description = "Attempts made.") int attempts,
            @Schema(description = "The policy it was decided by.") String policyDigest,
            @Schema(description = "The change set it was decided on.") long stateSeq) {}

    /// A decision with everything behind it.
    @Schema(description = "A decision with everything behind it.")
    public record DecisionDetail(
            @Schema(description = "The decision.") DecisionSummary decision,
            @Schema(description = "What the request was classified as, and why.")
                    Classification classification,
            @Schema(description = "Why it was decided so.") Explanation explanation,
            @Schema(description = "The attempts, in order.") List<LedgerEntry> attempts,
            @Schema(description = "What else it read; null when that was not recorded.")
                    @Nullable DecisionFeatures features) {}

    /// Decisions, newest first.
    public record DecisionSummaryList(List<DecisionSummary> items) {}
}
