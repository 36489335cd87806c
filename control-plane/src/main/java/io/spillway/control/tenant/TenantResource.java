package io.spillway.control.tenant;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.Tenant;
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

/// Tenants.
@Path("tenants")
@RunOnVirtualThread
@Tag(name = "tenants", description = "An owner of keys: grants, floor, jurisdictions and budget.")
public class TenantResource {
    private final Catalog<Tenant> tenants;

    TenantResource(Registry registry) {
        tenants = new Catalog<>(registry, Tenant.class);
    }

    @GET
    @Operation(operationId = "listTenants", summary = "Lists all tenants")
    public TenantList list() {
        return new TenantList(tenants.all());
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getTenant", summary = "Reads one tenant")
    public Tenant get(@PathParam("name") String name) {
        return tenants.get(name);
    }

    @PUT
    @Path("{name}")
    @Operation(
            operationId = "putTenant",
            summary = "Creates or replaces a tenant",
            description =
                    "The full object. `maySpill` names public environments that exist; empty means"
                            + " that nothing of this tenant ever leaves.")
    public RestResponse<Tenant> put(
            @PathParam("name") String name, Tenant tenant, @Context SecurityContext caller) {
        return tenants.put(name, tenant, caller);
    }

    @DELETE
    @Path("{name}")
    @Operation(
            operationId = "deleteTenant",
            summary = "Deletes one tenant",
            description = "Refused (409) while keys belong to it.")
    public RestResponse<Void> delete(
            @PathParam("name") String name, @Context SecurityContext caller) {
        return tenants.delete(name, caller);
    }

    /// All tenants.
    public record TenantList(List<Tenant> items) {}
}
