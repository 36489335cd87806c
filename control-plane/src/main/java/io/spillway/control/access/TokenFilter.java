package io.spillway.control.access;

import io.spillway.control.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Lets nothing into the admin REST without a valid admin token.
///
/// Two doors: a handler in front of everything under `/api`, so that a caller without a token
/// cannot even learn which routes exist, and a filter around every REST method whatever its path,
/// so that a path that the first door reads otherwise than the REST layer does opens nothing.
@Singleton
public class TokenFilter {
    private static final String BEARER = "bearer ";
    private static final String BODY =
            """
            {"title":"Unauthorized","status":401,"detail":"Send the admin token as Authorization: Bearer TOKEN. It stands in the file that spillway.control.admin-token-file names (./spillway up: .spillway/admin-token).","code":"unauthenticated"}\
            """;

    private final AdminTokens tokens;

    TokenFilter(AdminTokens tokens) {
        this.tokens = tokens;
    }

    void guard(@Observes Router router) {
        router.route("/api/*").order(Integer.MIN_VALUE).handler(this::frontDoor);
    }

    private void frontDoor(RoutingContext context) {
        if (admin(context.request().getHeader(HttpHeaders.AUTHORIZATION)).isPresent()) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(401)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader("WWW-Authenticate", "Bearer")
                .end(BODY);
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> everyMethod(ContainerRequestContext context) {
        var admin = admin(context.getHeaderString("authorization"));
        if (admin.isEmpty()) {
            return Optional.of(
                    Response.status(401)
                            .header("WWW-Authenticate", "Bearer")
                            .type(Problem.MEDIA_TYPE)
                            .entity(
                                    new Problem(
                                            "Unauthorized",
                                            401,
                                            "Send the admin token as Authorization: Bearer TOKEN.",
                                            "unauthenticated",
                                            List.of()))
                            .build());
        }
        context.setSecurityContext(new Identified(admin.get()));
        return Optional.empty();
    }

    private Optional<Admin> admin(@org.jspecify.annotations.Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return tokens.authenticate(header.substring(BEARER.length()).strip());
    }

    private record Identified(Admin admin) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return admin;
        }

        @Override
        public boolean isUserInRole(String role) {
            return admin.role().wire().equals(role);
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
