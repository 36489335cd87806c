package io.spillway.control.ledger;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How the ledger looks on the admin REST.
public final class LedgerViews {

    private LedgerViews() {}

    /// One attempt.
    @Schema(
            description =
                    "One attempt: what was set aside before it and what it cost. What only the"
                        + " reservation told is null while the reservation is missing; what only"
                        + " the settlement tells is null until then.")
    public record LedgerEntry(
            @Schema(description = "The decision's id, / and the number of the attempt.")
                    String attemptId,
            @Schema(description = "The decision it belongs to.") String decisionId,
            @Schema(description = "When it was reserved, or settled if that is all that is known.")
                    Instant at,
            @Schema(description = "When it was settled.") @Nullable Instant settledAt,
            @Schema(description = "The tenant that pays.") @Nullable String tenant,
            @Schema(description = "Public id of the key.") @Nullable String keyId,
            @Schema(description = "The model that was asked for.") @Nullable String model,
            @Schema(description = "The pool it went to.") @Nullable PoolKey pool,
            @Schema(description = "Zone of that pool.", implementation = Zone.class)
                    @Nullable String zone,
            @Schema(description = "The endpoint it went to.") @Nullable String endpoint,
            @Schema(description = "What was set aside.") @Nullable Money reserved,
            @Schema(description = "What it cost.") @Nullable Money settled,
            @Schema(
                            description = "How it ended.",
                            enumeration = {"ok", "cancelled", "failed", "crashed"})
                    @Nullable String outcome,
            @Schema(description = "Prompt tokens.") @Nullable Long promptTokens,
            @Schema(description = "Generated tokens.") @Nullable Long completionTokens,
            @Schema(
                            description =
                                    "Whether the cost is the reserved amount or an estimate,"
                                            + " because the server stated no usage.")
                    boolean estimated) {}

    /// Entries, newest first.
    public record LedgerEntryList(List<LedgerEntry> items) {}

    /// What one environment cost so far.
    @Schema(description = "What one environment was used for and cost, in one currency.")
    public record EnvironmentSpend(
            @Schema(description = "Name of the environment; empty when no reservation told it.")
                    String environment,
            @Schema(
                            description = "Its zone; null when no reservation told it.",
                            implementation = Zone.class)
                    @Nullable String zone,
            @Schema(description = "Attempts.") long attempts,
            @Schema(description = "Prompt tokens of settled attempts.") long promptTokens,
            @Schema(description = "Generated tokens of settled attempts.") long completionTokens,
            @Schema(description = "What settled attempts cost.") Money settled,
            @Schema(description = "What is set aside for attempts that are not settled.")
                    Money open) {}

    /// All environments.
    public record EnvironmentSpendList(List<EnvironmentSpend> items) {}
}
