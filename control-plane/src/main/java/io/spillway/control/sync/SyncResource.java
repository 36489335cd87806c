package io.spillway.control.sync;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.control.registry.Registry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Synchronization.
@Path("sync")
@RunOnVirtualThread
@Tag(name = "sync", description = "How far replicas follow this control plane.")
public class SyncResource {
    private final Registry registry;
    private final Replicas replicas;

    SyncResource(Registry registry, Replicas replicas) {
        this.registry = registry;
        this.replicas = replicas;
    }

    @GET
    @Operation(
            operationId = "getSync",
            summary = "Tells the newest change set and how far replicas are")
    public Sync get() {
        var newest = registry.newest();
        return new Sync(newest.origin(), newest.epoch(), newest.seq(), replicas.all(newest));
    }

    /// State of the synchronization.
    @Schema(description = "The newest change set and who has it.")
    public record Sync(
            @Schema(description = "Name of this origin.") String origin,
            @Schema(description = "Raised when the database was restored from a backup.")
                    long epoch,
            @Schema(description = "Number of the newest change set.") long seq,
            @Schema(description = "Everybody who ever followed.")
                    List<Replicas.Replica> replicas) {}
}
