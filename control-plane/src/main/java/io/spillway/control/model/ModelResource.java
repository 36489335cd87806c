package io.spillway.control.model;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Model;
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

/// Models.
@Path("models")
@RunOnVirtualThread
@Tag(
        name = "models",
        description =
                "A name that callers send, the versions that may serve it, and whether its requests"
                        + " may leave.")
public class ModelResource {
    private final Catalog<Model> models;

    ModelResource(Registry registry) {
        models = new Catalog<>(registry, Model.class);
    }

    @GET
    @Operation(operationId = "listModels", summary = "Lists all models")
    public ModelList list() {
        return new ModelList(models.all());
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getModel", summary = "Reads one model name that callers send")
    public Model get(@PathParam("name") String name) {
        return models.get(name);
    }

    @PUT
    @Path("{name}")
    @Operation(
            operationId = "putModel",
            summary = "Creates or replaces a model",
            description = "The full object. `maySpill` names public environments that exist.")
    public RestResponse<Model> put(
            @PathParam("name") String name, Model model, @Context SecurityContext caller) {
        return models.put(name, model, caller);
    }

    @DELETE
    @Path("{name}")
    @Operation(
            operationId = "deleteModel",
            summary = "Deletes one model name that callers send",
            description = "Refused (409) while the policy names it.")
    public RestResponse<Void> delete(
            @PathParam("name") String name, @Context SecurityContext caller) {
        return models.delete(name, caller);
    }

    /// All models.
    public record ModelList(List<Model> items) {}
}
