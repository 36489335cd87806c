package io.spillway.control.capacity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Fleet;
import io.spillway.api.state.PoolLoad;
import io.spillway.control.capacity.FleetViews.FleetStatus;
import io.spillway.control.registry.Registry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Capacity.
@Path("capacity")
@RunOnVirtualThread
@Tag(name = "capacity", description = "How busy pools are, and what fleets do about it.")
public class CapacityResource {
    private final Registry registry;
    private final LoadBoard board;
    private final FleetStatuses statuses;

    CapacityResource(Registry registry, LoadBoard board, FleetStatuses statuses) {
        this.registry = registry;
        this.board = board;
        this.statuses = statuses;
    }

    @GET
    @Operation(
            operationId = "getCapacity",
            summary = "Tells how busy pools are and how fleets are",
            description = "Reports of routers that are older than 10 s are left out.")
    public Capacity get() {
        var state = registry.state();
        return new Capacity(
                board.current(Instant.now()),
                state.all(Fleet.class).stream().map(it -> statuses.of(it, state)).toList());
    }

    /// Pools and fleets.
    @Schema(description = "How busy pools are, and how fleets are.")
    public record Capacity(
            @Schema(description = "The newest report per pool and router.") List<PoolLoad> pools,
            @Schema(description = "All fleets.") List<FleetStatus> fleets) {}
}
