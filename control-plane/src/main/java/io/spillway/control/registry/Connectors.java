package io.spillway.control.registry;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.EndpointProber;
import io.spillway.api.connector.FleetDriver;
import io.spillway.api.connector.SecretResolver;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The connectors on the class path.
@ApplicationScoped
public class Connectors {
    private final Set<String> dialects = load(Dialect.class, Dialect::name).keySet();
    private final Map<String, FleetDriver> drivers = load(FleetDriver.class, FleetDriver::name);
    private final Optional<EndpointProber> prober =
            ServiceLoader.load(EndpointProber.class).findFirst();
    private final Optional<SecretResolver> secrets =
            ServiceLoader.load(SecretResolver.class).findFirst();

    /// Names of the wire formats.
    public Set<String> dialects() {
        return dialects;
    }

    /// Fleet drivers by name.
    public Map<String, FleetDriver> drivers() {
        return drivers;
    }

    /// Looks at model servers.
    public EndpointProber prober() {
        return prober.orElseThrow(() -> missing("EndpointProber"));
    }

    /// Finds secrets.
    public SecretResolver secrets() {
        return secrets.orElseThrow(() -> missing("SecretResolver"));
    }

    private static IllegalStateException missing(String service) {
        return new IllegalStateException(
                "no %s on the class path; add private-connector/control".formatted(service));
    }

    private static <T> Map<String, T> load(Class<T> service, Function<T, String> name) {
        return ServiceLoader.load(service).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toUnmodifiableMap(name, it -> it));
    }
}
