package io.spillway.control.fleet;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Fleet;
import io.spillway.control.capacity.FleetOrders;
import io.spillway.control.capacity.FleetRuns;
import io.spillway.control.capacity.FleetStatuses;
import io.spillway.control.capacity.FleetViews.FleetPlan;
import io.spillway.control.capacity.FleetViews.FleetRunList;
import io.spillway.control.capacity.FleetViews.FleetStatus;
import io.spillway.control.problem.Page;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Catalog;
import io.spillway.control.registry.Registry;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Fleets.
@Path("fleets")
@RunOnVirtualThread
@Tag(name = "fleets", description = "Elastic machines: define, plan, scale, destroy.")
public class FleetResource {
    private final Catalog<Fleet> fleets;
    private final Registry registry;
    private final FleetOrders orders;
    private final FleetStatuses statuses;
    private final FleetRuns runs;

    FleetResource(Registry registry, FleetOrders orders, FleetStatuses statuses, FleetRuns runs) {
        this.fleets = new Catalog<>(registry, Fleet.class);
        this.registry = registry;
        this.orders = orders;
        this.statuses = statuses;
        this.runs = runs;
    }

    @GET
    @Operation(operationId = "listFleets", summary = "Lists all fleets")
    public FleetList list() {
        return new FleetList(fleets.all());
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getFleet", summary = "Reads one fleet")
    public Fleet get(@PathParam("name") String name) {
        return fleets.get(name);
    }

    @PUT
    @Path("{name}")
    @Operation(
            operationId = "putFleet",
            summary = "Creates or replaces a fleet",
            description =
                    "The full object. The pool it feeds must exist and its driver must be known."
                            + " While it has machines, pool and driver stay as they are (409).")
    public RestResponse<Fleet> put(
            @PathParam("name") String name, Fleet fleet, @Context SecurityContext caller) {
        return fleets.put(name, fleet, caller);
    }

    @DELETE
    @Path("{name}")
    @Operation(
            operationId = "deleteFleet",
            summary = "Deletes one fleet",
            description = "Refused (409) while it has machines: destroy them first.")
    public RestResponse<Void> delete(
            @PathParam("name") String name, @Context SecurityContext caller) {
        var answer = fleets.delete(name, caller);
        orders.forget(name);
        return answer;
    }

    @GET
    @Path("{name}/status")
    @Operation(operationId = "getFleetStatus", summary = "Tells how a fleet is")
    public FleetStatus status(@PathParam("name") String name) {
        return statuses.of(fleets.get(name), registry.state());
    }

    @GET
    @Path("{name}/runs")
    @Operation(operationId = "listFleetRuns", summary = "Lists what the driver did, newest first")
    public FleetRunList runs(
            @PathParam("name") String name,
            @Parameter(description = Page.LIMIT) @QueryParam("limit") @Nullable Integer limit) {
        return new FleetRunList(
                runs.newest(fleets.get(name).name(), Page.limit(limit), Instant.now()));
    }

    @POST
    @Path("{name}/plan")
    @Operation(
            operationId = "planFleet",
            summary = "Tells what a change of size would do",
            description = "Changes nothing.")
    public FleetPlan plan(
            @PathParam("name") String name,
            @Parameter(description = "Machines wanted.") @QueryParam("desired")
                    @Nullable Integer desired,
            @Context SecurityContext caller)
            throws InterruptedException {
        var size = size(fleets.get(name), desired);
        return new FleetPlan(orders.plan(name, size, caller.getUserPrincipal().getName()));
    }

    @POST
    @Path("{name}/scale")
    @Operation(
            operationId = "scaleFleet",
            summary = "Changes the size now",
            description =
                    "The wanted size changes at once and the machines follow; the autoscaler goes"
                            + " on from there. Machines that go are drained first. It also starts a"
                            + " destroyed fleet again.")
    public FleetStatus scale(
            @PathParam("name") String name,
            @Parameter(description = "Machines wanted.") @QueryParam("desired")
                    @Nullable Integer desired,
            @Context SecurityContext caller) {
        var size = size(fleets.get(name), desired);
        orders.scale(name, size, caller.getUserPrincipal().getName());
        return status(name);
    }

    @POST
    @Path("{name}/destroy")
    @Operation(
            operationId = "destroyFleet",
            summary = "Removes all machines of a fleet",
            description =
                    "At once, without draining. The fleet stays away, whatever its minimum, until"
                            + " it is scaled again.")
    public FleetStatus destroy(@PathParam("name") String name, @Context SecurityContext caller) {
        orders.destroy(fleets.get(name).name(), caller.getUserPrincipal().getName());
        return status(name);
    }

    private static int size(Fleet fleet, @Nullable Integer desired) {
        if (desired == null || desired < fleet.minimum() || desired > fleet.maximum()) {
            throw Refusal.invalid(
                    "desired",
                    desired == null ? "is missing" : "is %d".formatted(desired),
                    "Use %d to %d, the bounds of the fleet; POST destroy removes all machines."
                            .formatted(fleet.minimum(), fleet.maximum()));
        }
        return desired;
    }

    /// All fleets.
    public record FleetList(List<Fleet> items) {}
}
