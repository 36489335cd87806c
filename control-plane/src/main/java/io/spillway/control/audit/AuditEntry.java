package io.spillway.control.audit;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One row of the audit.
@Schema(description = "One mutating call.")
public record AuditEntry(
        @Schema(description = "Number of the row; larger is newer.") long id,
        @Schema(description = "When.") Instant at,
        @Schema(description = "Public id of the admin token, or capacity for the capacity loop.")
                String actor,
        @Schema(description = "What was done.") String action,
        @Schema(description = "Kind of the object.") String kind,
        @Schema(description = "Key of the object.") String key,
        @Schema(description = "SHA-256 of the object before; null when it was new.")
                @Nullable String beforeDigest,
        @Schema(description = "SHA-256 of the object after; null when it is gone.")
                @Nullable String afterDigest,
        @Schema(description = "What else there is to know.") String detail) {}
