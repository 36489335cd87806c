package io.spillway.control.endpoint;

import io.spillway.api.connector.SecretResolver.VaultAccess;
import io.spillway.api.connector.TokenRef;
import io.spillway.control.ControlConfig;
import io.spillway.control.registry.Connectors;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/// Finds the bearer tokens of model servers.
@ApplicationScoped
public class Tokens {
    private final Connectors connectors;
    private final ControlConfig config;

    Tokens(Connectors connectors, ControlConfig config) {
        this.connectors = connectors;
        this.config = config;
    }

    /// The token that a reference names, null for no reference.
    ///
    /// @throws IOException when it cannot be had; the message never holds the token
    public @Nullable String resolve(@Nullable String tokenRef)
            throws IOException, InterruptedException {
        return tokenRef == null
                ? null
                : connectors.secrets().resolve(TokenRef.parse(tokenRef), vault());
    }

    private @Nullable VaultAccess vault() throws IOException {
        var address = config.vaultAddress();
        var file = config.vaultTokenFile();
        if (address.isEmpty() || file.isEmpty()) {
            return null;
        }
        return new VaultAccess(address.get(), Files.readString(file.get()).strip(), null);
    }
}
