package io.spillway.control.access;

import io.spillway.control.ControlConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Lets the console find out whether the token it was given works.
@Path("session")
@Tag(name = "session", description = "Whether the admin token works.")
public class SessionResource {
    private final String origin;

    SessionResource(ControlConfig config) {
        origin = config.origin();
    }

    @GET
    @Operation(
            operationId = "getSession",
            summary = "Checks the admin token",
            description = "Answers 200 with the token's public id, or 401.")
    public Session get(@Context SecurityContext caller) {
        return new Session(caller.getUserPrincipal().getName(), origin);
    }

    /// Who is signed in where.
    ///
    /// @param tokenId public id of the token, as the audit names it
    /// @param origin name of this control plane
    public record Session(String tokenId, String origin) {}
}
