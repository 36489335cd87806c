package io.spillway.control.capacity;

import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.PoolKey;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How fleets at work look on the admin REST.
public final class FleetViews {

    private FleetViews() {}

    /// A fleet at work.
    @Schema(description = "A fleet at work.")
    public record FleetStatus(
            @Schema(description = "Name of the fleet.") String name,
            @Schema(description = "The pool it feeds.") PoolKey pool,
            @Schema(description = "How its machines are made.") String driver,
            @Schema(description = "Whether that works on this machine.") boolean usable,
            @Schema(description = "What to do when it does not; empty otherwise.") String hint,
            @Schema(description = "Fewest machines kept.") int minimum,
            @Schema(description = "Most machines ever.") int maximum,
            @Schema(description = "Machines wanted now.") int desired,
            @Schema(description = "Machines that exist.") List<Machine> machines,
            @Schema(description = "The last change of the wanted size; null before the first.")
                    @Nullable FleetAction lastAction) {}

    /// A machine of a fleet.
    @Schema(description = "A machine of a fleet.")
    public record Machine(
            @Schema(description = "Id inside the fleet.") String id,
            @Schema(description = "Base URL of its model server.") URI url,
            @Schema(description = "State of its endpoint.") EndpointState state) {}

    /// A change of the wanted size.
    @Schema(description = "A change of the wanted size.")
    public record FleetAction(
            @Schema(description = "When.") Instant at,
            @Schema(description = "Machines wanted from then on.") int desired,
            @Schema(description = "Why.") String reason) {}

    /// One run of a fleet's driver.
    @Schema(description = "One run of a fleet's driver.")
    public record FleetRun(
            @Schema(description = "Number of the run; larger is newer.") String id,
            @Schema(description = "When it began.") Instant at,
            @Schema(description = "plan, apply or destroy.") String action,
            @Schema(description = "Machines wanted.") int desired,
            @Schema(
                            description = "How it ended.",
                            enumeration = {"running", "ok", "failed"})
                    String outcome,
            @Schema(description = "Why it ran.") String reason,
            @Schema(description = "What the driver said.") String detail,
            @Schema(description = "How long it took so far.") long millis) {}

    /// Runs of a fleet, newest first.
    public record FleetRunList(List<FleetRun> items) {}

    /// What a change of size would do.
    @Schema(description = "What a change of size would do.")
    public record FleetPlan(@Schema(description = "In words, for an operator.") String plan) {}
}
