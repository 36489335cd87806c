package io.spillway.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of the sync listener. Without a key store it is off, and so is change capture.
@ConfigMapping(prefix = "spillway.sync")
public interface SyncConfig {

    /// Where the listener binds.
    @WithDefault("127.0.0.1")
    String host();

    /// Port of the listener, 0 for any.
    @WithDefault("8091")
    int port();

    /// Own key and certificate, PKCS #12.
    Optional<Path> keyStore();

    /// The authority of routers' certificates, PKCS #12.
    Optional<Path> trustStore();

    /// Password of both stores.
    Optional<Path> passwordFile();

    /// The private Ed25519 key that signs change sets, PEM.
    Optional<Path> originKeyFile();
}
