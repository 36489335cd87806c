package io.spillway.control.access;

import io.spillway.control.problem.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;

/// Keeps operators away from what was found in requests.
@Provider
@ShowsFindings
public class FindingsFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext context) {
        require(
                context.getSecurityContext(),
                "Decisions tell classes and findings of requests. Use an admin token.");
    }

    /// Refuses who may not see findings.
    ///
    /// @param detail what the call would show, and how to go on
    public static void require(SecurityContext caller, String detail) {
        if (!caller.isUserInRole(Role.ADMIN.wire())) {
            throw Refusal.forbidden(detail);
        }
    }
}
