package io.spillway.control.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/// Refuses to start when the admin token would cross a network in clear text.
@Singleton
class BindGuard {
    private static final Set<String> NO_CLEAR_TEXT = Set.of("disabled", "redirect");

    private final Config config;

    BindGuard(Config config) {
        this.config = config;
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        check("quarkus.http", "the admin REST");
        check("quarkus.management", "the management interface");
    }

    private void check(String prefix, String what) {
        problem(
                        value(prefix + ".host").orElse("127.0.0.1"),
                        value(prefix + ".insecure-requests").orElse("enabled"),
                        hasCertificate(prefix))
                .ifPresent(problem -> {
                    throw new IllegalStateException(
                            "%s: %s; set %s.host=127.0.0.1, or %s.tls-configuration-name and %s.insecure-requests=disabled"
                                    .formatted(what, problem, prefix, prefix, prefix));
                });
    }

    /// What is wrong with listening there, empty when nothing is.
    static Optional<String> problem(String host, String insecureRequests, boolean certificate) {
        if (loopback(host) || (certificate && NO_CLEAR_TEXT.contains(insecureRequests))) {
            return Optional.empty();
        }
        return Optional.of("host '%s' is not loopback and clear text is allowed".formatted(host));
    }

    private boolean hasCertificate(String prefix) {
        return value(prefix + ".tls-configuration-name").isPresent()
                || value(prefix + ".ssl.certificate.files").isPresent()
                || value(prefix + ".ssl.certificate.key-store-file").isPresent();
    }

    private Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class).filter(it -> !it.isBlank());
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // what cannot be resolved cannot be trusted to be local
        }
    }
}
