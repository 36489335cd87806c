package io.spillway.control.audit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.control.problem.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The audit.
@Path("audit")
@RunOnVirtualThread
@Tag(name = "audit", description = "Who changed what, and when.")
public class AuditResource {
    private final Audit audit;

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @GET
    @Operation(operationId = "listAudit", summary = "Lists mutating calls, newest first")
    public AuditList list(
            @Parameter(description = Page.LIMIT) @QueryParam("limit") @Nullable Integer limit,
            @Parameter(description = "Only rows with a smaller id.") @QueryParam("before")
                    @Nullable Long before) {
        return new AuditList(audit.newest(Page.limit(limit), before));
    }

    /// Entries of the audit.
    public record AuditList(List<AuditEntry> items) {}
}
