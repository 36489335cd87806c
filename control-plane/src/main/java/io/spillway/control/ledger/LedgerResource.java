package io.spillway.control.ledger;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.control.ledger.LedgerViews.EnvironmentSpendList;
import io.spillway.control.ledger.LedgerViews.LedgerEntryList;
import io.spillway.control.problem.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The ledger.
@Path("ledger")
@RunOnVirtualThread
@Tag(name = "ledger", description = "What each attempt reserved and cost.")
public class LedgerResource {
    private final LedgerStore ledger;

    LedgerResource(LedgerStore ledger) {
        this.ledger = ledger;
    }

    @GET
    @Operation(operationId = "listLedger", summary = "Lists attempts, newest first")
    public LedgerEntryList list(
            @Parameter(description = Page.LIMIT) @QueryParam("limit") @Nullable Integer limit,
            @Parameter(description = "Only attempts older than this one.") @QueryParam("before")
                    @Nullable String before) {
        return new LedgerEntryList(ledger.newest(Page.limit(limit), before));
    }

    @GET
    @Path("summary")
    @Operation(
            operationId = "summarizeLedger",
            summary = "Sums up the ledger per environment",
            description = "One item per environment and currency. Sums are exact.")
    public EnvironmentSpendList summary() {
        return new EnvironmentSpendList(ledger.summary());
    }
}
