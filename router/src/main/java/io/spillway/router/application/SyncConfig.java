package io.spillway.router.application;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;

/// The link to the control plane.
@ConfigMapping(prefix = "spillway.sync")
public interface SyncConfig {

    /// Scheme, host and port of the control plane's sync listener.
    @WithDefault("https://127.0.0.1:8091")
    URI url();

    /// PKCS 12 file with this router's certificate and key.
    @WithDefault(".spillway/pki/router.p12")
    Path keyStore();

    /// PKCS 12 file with the certificate authority of the link.
    @WithDefault(".spillway/pki/trust.p12")
    Path trustStore();

    /// File with the password of both.
    @WithDefault(".spillway/pki/password")
    Path passwordFile();

    /// Ed25519 public key, as PEM, that signs change sets.
    @WithDefault(".spillway/pki/origin-public.pem")
    Path originKeyFile();
}
