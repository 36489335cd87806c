package io.spillway.control.capacity;

import io.spillway.api.connector.EndpointProber;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.control.endpoint.Tokens;
import io.spillway.control.registry.Connectors;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Asks a machine's server whether it is the one that was started, whether it serves the model, and
/// how busy it is.
@ApplicationScoped
class MachineProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Connectors connectors;
    private final Tokens tokens;

    MachineProbe(Connectors connectors, Tokens tokens) {
        this.connectors = connectors;
        this.tokens = tokens;
    }

    /// What was found.
    ///
    /// @param serves whether it may receive requests
    /// @param busy requests that it works on or holds back, empty when unknown
    /// @param problem why it does not serve, empty when it does
    record Verdict(boolean serves, OptionalInt busy, String problem) {
        static Verdict not(String problem) {
            return new Verdict(false, OptionalInt.empty(), problem);
        }
    }

    Verdict look(Endpoint endpoint, @Nullable Environment environment, @Nullable Pool pool)
            throws InterruptedException {
        try {
            var report =
                    connectors
                            .prober()
                            .probe(
                                    new EndpointProber.Target(
                                            endpoint.url(),
                                            tokens.resolve(endpoint.tokenRef()),
                                            environment == null
                                                    ? null
                                                    : environment.trustAnchorPem(),
                                            TIMEOUT));
            return verdict(report, endpoint, pool);
        } catch (IOException | IllegalArgumentException e) {
            return Verdict.not(Objects.requireNonNullElse(e.getMessage(), "no token"));
        }
    }

    static Verdict verdict(EndpointProber.Report report, Endpoint endpoint, @Nullable Pool pool) {
        if (!report.reachable()) {
            return Verdict.not(Objects.requireNonNullElse(report.problem(), "does not answer"));
        }
        var nonce = endpoint.nonce();
        if (nonce != null && !nonce.isEmpty() && !nonce.equals(report.instance())) {
            return Verdict.not(
                    "another process answers at %s; end it or move the fleet's ports"
                            .formatted(endpoint.url()));
        }
        if (pool != null
                && report.models().stream().noneMatch(it -> it.id().equals(pool.upstreamModel()))) {
            return Verdict.not("it does not serve '%s'".formatted(pool.upstreamModel()));
        }
        var metrics = report.metrics();
        return new Verdict(
                true,
                metrics == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(metrics.running() + metrics.waiting()),
                "");
    }
}
