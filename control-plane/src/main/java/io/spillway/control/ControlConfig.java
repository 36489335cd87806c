package io.spillway.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of the control plane itself.
@ConfigMapping(prefix = "spillway.control")
public interface ControlConfig {

    /// Name of this origin in change sets and watermarks.
    @WithDefault("control-1")
    String origin();

    /// Where fleets keep their files and change capture its offsets.
    @WithDefault(".spillway/control")
    Path dataDir();

    /// The admin token; written on first start when absent.
    @WithDefault(".spillway/admin-token")
    Path adminTokenFile();

    /// The operator token, for those who run the stack but may not see what was found in requests;
    /// written on first start when absent. Without a file there is none.
    Optional<Path> operatorTokenFile();

    /// Key of the API-key hash, the same file that routers use.
    @WithDefault(".spillway/pki/pepper")
    Path pepperFile();

    /// File that lists every process a fleet starts, for the launcher.
    Optional<Path> processFile();

    /// Where simulated servers of fleets note the canaries they received.
    Optional<Path> canaryDir();

    /// Command that starts one simulated model server: a JSON array of strings.
    Optional<String> serverCommand();

    /// First local port of process fleets.
    @WithDefault("18101")
    int fleetFirstPort();

    /// Where HashiCorp Vault is, for token references of the form `vault:PATH#FIELD`.
    Optional<URI> vaultAddress();

    /// A file with the token for Vault.
    Optional<Path> vaultTokenFile();
}
