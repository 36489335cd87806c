package io.spillway.control.endpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Catalog;
import io.spillway.control.registry.Registry;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Endpoints.
@Path("endpoints")
@RunOnVirtualThread
@Tag(name = "endpoints", description = "Model servers: register, look at, take out of service.")
public class EndpointResource {
    private final Registry registry;
    private final Catalog<Endpoint> endpoints;
    private final Probes probes;

    EndpointResource(Registry registry, Probes probes) {
        this.registry = registry;
        this.probes = probes;
        endpoints = new Catalog<>(registry, Endpoint.class);
    }

    @GET
    @Operation(operationId = "listEndpoints", summary = "Lists all endpoints")
    public EndpointList list() {
        return new EndpointList(endpoints.all());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getEndpoint", summary = "Reads one endpoint")
    public Endpoint get(@PathParam("id") String id) {
        return endpoints.get(id);
    }

    @PUT
    @Path("{id}")
    @Operation(
            operationId = "putEndpoint",
            summary = "Creates or replaces an endpoint",
            description =
                    "The full object. Its environment and pool must exist, its dialect must be"
                            + " known, and every address of its host must lie in the environment's"
                            + " address ranges.")
    public RestResponse<Endpoint> put(
            @PathParam("id") String id, Endpoint endpoint, @Context SecurityContext caller) {
        return endpoints.put(id, endpoint, caller);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "deleteEndpoint",
            summary = "Deletes one endpoint",
            description = "Drain it first: requests in flight end with an error otherwise.")
    public RestResponse<Void> delete(@PathParam("id") String id, @Context SecurityContext caller) {
        return endpoints.delete(id, caller);
    }

    @POST
    @Path("probe")
    @Operation(
            operationId = "probeEndpoint",
            summary = "Looks at a model server",
            description =
                    "Asks the server what it is, without registering it. What is wrong with it"
                        + " stands in `problem`. The address must lie in the environment's ranges,"
                        + " as for registering.")
    public ProbeReport probe(ProbeRequest request, @Context SecurityContext caller)
            throws InterruptedException {
        return probes.probe(request, caller.getUserPrincipal().getName());
    }

    @POST
    @Path("{id}/drain")
    @Operation(
            operationId = "drainEndpoint",
            summary = "Sends an endpoint no new requests",
            description = "Requests in flight go on. Repeating the call changes nothing.")
    public RestResponse<Endpoint> drain(
            @PathParam("id") String id, @Context SecurityContext caller) {
        return move(id, EndpointState.DRAINING, caller, "drain");
    }

    @POST
    @Path("{id}/resume")
    @Operation(
            operationId = "resumeEndpoint",
            summary = "Puts an endpoint back into service",
            description =
                    "It is `ready` at once; routers find out by themselves when it does not"
                            + " answer.")
    public RestResponse<Endpoint> resume(
            @PathParam("id") String id, @Context SecurityContext caller) {
        return move(id, EndpointState.READY, caller, "resume");
    }

    private RestResponse<Endpoint> move(
            String id, EndpointState next, SecurityContext caller, String action) {
        var moved = new AtomicReference<Endpoint>();
        var written =
                registry.change(
                        Catalog.by(caller, action),
                        state -> {
                            var endpoint =
                                    state.find(Endpoint.class, id)
                                            .orElseThrow(() -> Refusal.notFound(Kind.ENDPOINT, id));
                            moved.set(endpoint.withState(next));
                            return List.of(Change.put(moved.get()));
                        });
        return Catalog.answer(Status.OK, moved.get(), written);
    }

    /// All endpoints.
    public record EndpointList(List<Endpoint> items) {}
}
