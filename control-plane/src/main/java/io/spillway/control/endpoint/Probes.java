package io.spillway.control.endpoint;

import io.spillway.api.connector.EndpointProber;
import io.spillway.api.connector.TokenRef;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.control.audit.Audit;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Connectors;
import io.spillway.control.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;

/// Looks at model servers for an operator. The address is held to the same ranges as a registered
/// endpoint's: the probe is no way to make the control plane call elsewhere.
@ApplicationScoped
class Probes {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Registry registry;
    private final Connectors connectors;
    private final Tokens tokens;
    private final Audit audit;

    Probes(Registry registry, Connectors connectors, Tokens tokens, Audit audit) {
        this.registry = registry;
        this.connectors = connectors;
        this.tokens = tokens;
        this.audit = audit;
    }

    ProbeReport probe(ProbeRequest request, String actor) throws InterruptedException {
        var environment =
                registry.state()
                        .find(Environment.class, request.environment())
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        "environment",
                                        "there is no environment '%s'"
                                                .formatted(request.environment()),
                                        "PUT /environments/%s first, or correct the name."
                                                .formatted(request.environment())));
        var endpoint = candidate(request);
        registry.checkAddress(endpoint, environment);
        audit.note(actor, "probe", "environment", request.environment(), request.url().toString());
        var caPem = request.caPem() == null ? environment.trustAnchorPem() : request.caPem();
        return ProbeReport.of(
                connectors
                        .prober()
                        .probe(
                                new EndpointProber.Target(
                                        request.url(), token(request), caPem, TIMEOUT)));
    }

    private static Endpoint candidate(ProbeRequest request) {
        // Refused before anything writes the address down: it could hold a password.
        if (request.url().getRawUserInfo() != null
                || request.url().getRawQuery() != null
                || request.url().getRawFragment() != null) {
            throw Refusal.invalid(
                    "url",
                    "has user info, query or fragment",
                    "Use http://HOST:PORT alone and name the token in tokenRef.");
        }
        try {
            return new Endpoint(
                    "probe",
                    request.environment(),
                    "probe",
                    request.url(),
                    "probe",
                    EndpointState.DOWN,
                    request.tokenRef(),
                    null);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "url", "is not a base URL", "Use http://HOST:PORT or https://HOST.");
        }
    }

    private @org.jspecify.annotations.Nullable String token(ProbeRequest request)
            throws InterruptedException {
        try {
            var ref = request.tokenRef();
            return tokens.resolve(ref == null ? null : TokenRef.parse(ref).toString());
        } catch (IllegalArgumentException | IOException e) {
            throw Refusal.invalid(
                    "tokenRef", String.valueOf(e.getMessage()), "Correct the reference.");
        }
    }
}
