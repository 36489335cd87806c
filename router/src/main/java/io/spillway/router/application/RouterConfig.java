package io.spillway.router.application;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/// Settings of the router itself.
@ConfigMapping(prefix = "spillway.router")
public interface RouterConfig {

    /// Name of this router in journals, load reports and the control plane.
    @WithDefault("router-1")
    String name();

    /// Name of the environment this router stands in.
    @WithDefault("onprem")
    String environment();

    /// Address of the data listener; other than loopback is refused while it has no TLS.
    @WithDefault("127.0.0.1")
    String host();

    /// Port of the data listener.
    @WithDefault("8080")
    int port();

    /// Directory of snapshot, journal and router-local key.
    @WithDefault(".spillway/router")
    Path dataDir();

    /// File with the key of the API-key hash, the same that the control plane uses.
    @WithDefault(".spillway/pki/pepper")
    Path pepperFile();

    /// Number of event loops that serve requests; one per processor when absent.
    OptionalInt eventLoops();

    /// Age of the routing state past which nothing leaves for public environments.
    @WithDefault("15M")
    Duration stateAgeLimit();

    /// Longest time of a request whose caller names none.
    @WithDefault("30M")
    Duration requestTimeout();

    /// Longest wait of a request in the queue.
    @WithDefault("120S")
    Duration queueTimeout();

    /// How long the router waits at its stop for requests to end.
    @WithDefault("20S")
    Duration drain();
}
