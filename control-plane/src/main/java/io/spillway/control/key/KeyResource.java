package io.spillway.control.key;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.access.FindingsFilter;
import io.spillway.control.key.KeyViews.Key;
import io.spillway.control.key.KeyViews.KeyList;
import io.spillway.control.key.KeyViews.KeyRequest;
import io.spillway.control.key.KeyViews.NewKey;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Catalog;
import io.spillway.control.registry.Registry;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// API keys.
@Path("keys")
@RunOnVirtualThread
@Tag(name = "keys", description = "API keys of callers: make, list, revoke.")
public class KeyResource {
    private final Registry registry;
    private final Catalog<ApiKey> keys;
    private final Secrets secrets;

    KeyResource(Registry registry, Secrets secrets) {
        this.registry = registry;
        this.secrets = secrets;
        keys = new Catalog<>(registry, ApiKey.class);
    }

    @GET
    @Operation(
            operationId = "listKeys",
            summary = "Lists all keys",
            description = "Neither secrets nor hashes.")
    public KeyList list() {
        return new KeyList(keys.all().stream().map(Key::of).toList());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getKey", summary = "Reads one key")
    public Key get(@PathParam("id") String id) {
        return Key.of(keys.get(id));
    }

    @POST
    @Operation(
            operationId = "createKey",
            summary = "Makes a key",
            description = "The answer holds the secret. It is shown once and not kept.")
    public RestResponse<NewKey> create(KeyRequest request, @Context SecurityContext caller)
            throws IOException {
        var secret = secrets.fresh();
        var key = key(request, secrets.hash(secret));
        if (key.debug()) {
            FindingsFilter.require(
                    caller,
                    "A key with debug shows classes and findings. Use an admin token, or leave"
                            + " debug out.");
        }
        var written =
                registry.change(
                        Catalog.by(caller, "create"),
                        state -> {
                            if (state.find(ApiKey.class, key.id()).isPresent()) {
                                throw Refusal.conflict(
                                        "exists",
                                        "there is a key '%s' already; nothing was changed"
                                                .formatted(key.id()),
                                        List.of(
                                                Problem.Item.at(
                                                        "id",
                                                        "is taken",
                                                        "Use another id, leave it out, or DELETE /keys/%s first."
                                                                .formatted(key.id()))));
                            }
                            return List.of(Change.put(key));
                        });
        return Catalog.answer(Status.CREATED, new NewKey(key.id(), secret), written);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "deleteKey",
            summary = "Revokes a key",
            description =
                    "Routers refuse it as soon as the change reaches them, normally within a"
                            + " second.")
    public RestResponse<Void> delete(@PathParam("id") String id, @Context SecurityContext caller) {
        return keys.delete(id, caller);
    }

    private ApiKey key(KeyRequest request, String hash) {
        try {
            return request.toKey(secrets.freshId(), hash);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    Kind.KEY.name().toLowerCase(java.util.Locale.ROOT),
                    String.valueOf(e.getMessage()),
                    "See /q/openapi for what the fields may hold.");
        }
    }
}
