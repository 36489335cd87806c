package io.spillway.control.environment;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Environment;
import io.spillway.control.registry.Catalog;
import io.spillway.control.registry.Registry;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Environments.
@Path("environments")
@RunOnVirtualThread
@Tag(
        name = "environments",
        description =
                "A place that serves models: its zone, jurisdiction, clearance and addresses.")
public class EnvironmentResource {
    private final Catalog<Environment> environments;

    EnvironmentResource(Registry registry) {
        environments = new Catalog<>(registry, Environment.class);
    }

    @GET
    @Operation(operationId = "listEnvironments", summary = "Lists all environments")
    public EnvironmentList list() {
        return new EnvironmentList(environments.all());
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getEnvironment", summary = "Reads one place that serves models")
    public Environment get(@PathParam("name") String name) {
        return environments.get(name);
    }

    @PUT
    @Path("{name}")
    @Operation(
            operationId = "putEnvironment",
            summary = "Creates or replaces an environment",
            description =
                    "The full object. Endpoints that would no longer lie in its address ranges, or"
                            + " a policy that would no longer compile, refuse the change (409).")
    public RestResponse<Environment> put(
            @PathParam("name") String name,
            Environment environment,
            @Context SecurityContext caller) {
        return environments.put(name, environment, caller);
    }

    @DELETE
    @Path("{name}")
    @Operation(
            operationId = "deleteEnvironment",
            summary = "Deletes one place that serves models",
            description = "Refused (409) while pools, endpoints, fleets or grants name it.")
    public RestResponse<Void> delete(
            @PathParam("name") String name, @Context SecurityContext caller) {
        return environments.delete(name, caller);
    }

    /// All environments.
    public record EnvironmentList(List<Environment> items) {}
}
