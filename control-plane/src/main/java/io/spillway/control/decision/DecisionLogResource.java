package io.spillway.control.decision;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.control.access.ShowsFindings;
import io.spillway.control.problem.Page;
import io.spillway.control.problem.Refusal;
import io.spillway.policy.simulate.RecordedDecision;
import io.spillway.sync.log.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The decision log for rehearsing policies. Its lines are of class confidential.
@Path("decisions")
@RunOnVirtualThread
@ShowsFindings
@Tag(name = "decisions")
public class DecisionLogResource {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final DecisionLog log;

    DecisionLogResource(DecisionLog log) {
        this.log = log;
    }

    @GET
    @Path("log")
    @Produces("application/x-ndjson")
    @Operation(
            operationId = "readDecisionLog",
            summary = "Reads decisions with what they were made of, oldest first",
            description =
                    "One JSON object a line: {\"decision\": …}. Give the id of the last line as"
                            + " `after` for the next page; a page without lines is the end. Data of"
                            + " class confidential.")
    @APIResponse(
            responseCode = "200",
            description = "Lines of JSON.",
            content =
                    @Content(
                            mediaType = "application/x-ndjson",
                            schema = @Schema(implementation = String.class)))
    public String log(
            @Parameter(description = "Only those that ended at or after this instant.")
                    @QueryParam("since")
                    @Nullable String since,
            @Parameter(description = "Only those that ended before this instant.")
                    @QueryParam("until")
                    @Nullable String until,
            @Parameter(description = "Only those behind this decision.") @QueryParam("after")
                    @Nullable String after,
            @Parameter(description = Page.LIMIT) @QueryParam("limit") @Nullable Integer limit) {
        var from = instant("since", since, FIRST);
        var lines = new StringBuilder();
        for (var decision : page(from, instant("until", until, LAST), after, limit)) {
            lines.append("{\"decision\":").append(Json.write(decision)).append("}\n");
        }
        return lines.toString();
    }

    private List<RecordedDecision> page(
            Instant since, Instant until, @Nullable String after, @Nullable Integer limit) {
        if (after == null || after.isBlank()) {
            return log.page(since, until, FIRST, "", Page.limit(limit));
        }
        var at =
                log.at(after)
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        "after",
                                        "there is no such decision",
                                        "Use the id of the last line of the page before."));
        return log.page(since, until, at, after, Page.limit(limit));
    }

    @GET
    @Path("states/{epoch}/{seq}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getDecisionState",
            summary = "Shows the registry as decisions at one change set read it",
            description =
                    "Environments, models, prices, what tenants let be masked and the policy, as"
                            + " {\"state\": …}. 404 when the changes before it are no longer kept.")
    @APIResponse(
            responseCode = "200",
            description = "The state.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class)))
    public String state(@PathParam("epoch") long epoch, @PathParam("seq") long seq) {
        return log.state(epoch, seq)
                .map(it -> "{\"state\":" + Json.write(it) + "}")
                .orElseThrow(() ->
                        Refusal.notFound(
                                "state",
                                epoch + "/" + seq,
                                "The change sets up to it are no longer kept, or never were."));
    }

    private static Instant instant(String at, @Nullable String text, Instant otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(
                    at, "is no instant", "Write it like 2026-03-01T08:00:00Z (ISO 8601, UTC).");
        }
    }
}
