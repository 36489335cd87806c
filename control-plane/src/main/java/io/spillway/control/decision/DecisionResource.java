package io.spillway.control.decision;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Zone;
import io.spillway.control.access.ShowsFindings;
import io.spillway.control.decision.DecisionViews.DecisionDetail;
import io.spillway.control.decision.DecisionViews.DecisionSummaryList;
import io.spillway.control.ledger.LedgerStore;
import io.spillway.control.problem.Page;
import io.spillway.control.problem.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Decisions.
@Path("decisions")
@RunOnVirtualThread
@ShowsFindings
@Tag(name = "decisions", description = "What routers decided, and why.")
public class DecisionResource {
    private final DecisionStore decisions;
    private final LedgerStore ledger;

    DecisionResource(DecisionStore decisions, LedgerStore ledger) {
        this.decisions = decisions;
        this.ledger = ledger;
    }

    @GET
    @Operation(operationId = "listDecisions", summary = "Lists decisions, newest first")
    public DecisionSummaryList list(
            @Parameter(description = Page.LIMIT) @QueryParam("limit") @Nullable Integer limit,
            @Parameter(description = "Only decisions older than this one.") @QueryParam("before")
                    @Nullable String before,
            @Parameter(
                            description = "Only those that ended so.",
                            schema = @Schema(implementation = Outcome.class))
                    @QueryParam("outcome")
                    @Nullable String outcome,
            @Parameter(
                            description = "Only those that were served in this zone.",
                            schema = @Schema(implementation = Zone.class))
                    @QueryParam("zone")
                    @Nullable String zone) {
        var filter =
                new DecisionStore.Filter(
                        known("outcome", outcome, Outcome.values()),
                        known("zone", zone, Zone.values()),
                        blankAsNull(before));
        return new DecisionSummaryList(decisions.newest(filter, Page.limit(limit)));
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getDecision",
            summary = "Explains one decision",
            description =
                    "The id is what the caller got in `x-spillway-decision`. A decision arrives"
                            + " here about a second after the request ended.")
    public DecisionDetail get(@PathParam("id") String id) {
        var found =
                decisions
                        .find(id)
                        .orElseThrow(() ->
                                Refusal.notFound(
                                        "decision",
                                        id,
                                        "Decisions arrive about a second after the request ended;"
                                                + " later while a router cannot reach the control"
                                                + " plane."));
        return new DecisionDetail(
                found.decision(),
                found.classification(),
                found.explanation(),
                ledger.ofDecision(id),
                found.features());
    }

    private static @Nullable String known(String at, @Nullable String value, Enum<?>... constants) {
        if (value == null || value.isBlank()) {
            return null;
        }
        var names = Arrays.stream(constants).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(value.toLowerCase(Locale.ROOT))) {
            throw Refusal.invalid(
                    at,
                    "'%s' is not known".formatted(value),
                    "Use one of " + String.join(", ", names) + ".");
        }
        return value;
    }

    private static @Nullable String blankAsNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
