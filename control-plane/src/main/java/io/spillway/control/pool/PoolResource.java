package io.spillway.control.pool;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
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

/// Pools. Their key has two parts, so their path has two segments.
@Path("pools")
@RunOnVirtualThread
@Tag(
        name = "pools",
        description = "The endpoints of one environment that serve one model version, and prices.")
public class PoolResource {
    private final Catalog<Pool> pools;

    PoolResource(Registry registry) {
        pools = new Catalog<>(registry, Pool.class);
    }

    @GET
    @Operation(operationId = "listPools", summary = "Lists all pools")
    public PoolList list() {
        return new PoolList(pools.all());
    }

    @GET
    @Path("{environment}/{modelVersion}")
    @Operation(operationId = "getPool", summary = "Reads one pool")
    public Pool get(
            @PathParam("environment") String environment,
            @PathParam("modelVersion") String modelVersion) {
        return pools.get(key(environment, modelVersion));
    }

    @PUT
    @Path("{environment}/{modelVersion}")
    @Operation(
            operationId = "putPool",
            summary = "Creates or replaces a pool",
            description =
                    "The full object. The environment must exist; prices are per token in"
                            + " billionths of the currency.")
    public RestResponse<Pool> put(
            @PathParam("environment") String environment,
            @PathParam("modelVersion") String modelVersion,
            Pool pool,
            @Context SecurityContext caller) {
        return pools.put(key(environment, modelVersion), pool, caller);
    }

    @DELETE
    @Path("{environment}/{modelVersion}")
    @Operation(
            operationId = "deletePool",
            summary = "Deletes one pool",
            description = "Refused (409) while endpoints or fleets belong to it.")
    public RestResponse<Void> delete(
            @PathParam("environment") String environment,
            @PathParam("modelVersion") String modelVersion,
            @Context SecurityContext caller) {
        return pools.delete(key(environment, modelVersion), caller);
    }

    private static String key(String environment, String modelVersion) {
        return new PoolKey(environment, modelVersion).toString();
    }

    /// All pools.
    public record PoolList(List<Pool> items) {}
}
