package io.spillway.api.connector;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Finds the secret that a [TokenRef] names, wherever it is kept. Blocking; safe for use by many
/// threads. Runs in the control plane only; a router resolves `env:` and `file:` by
/// [TokenRef#resolve()]. Found with `ServiceLoader`.
public interface SecretResolver {

    /// Resolves a reference.
    ///
    /// @param vault where Vault is, null when none is configured
    /// @throws IOException when there is no such secret or it cannot be read; the message names the
    ///   reference and never the secret
    String resolve(TokenRef ref, @Nullable VaultAccess vault)
            throws IOException, InterruptedException;

    /// How to reach Vault.
    ///
    /// @param address such as `https://vault.internal:8200`
    /// @param token token that may read the secrets
    /// @param caPem certificate authority of Vault, PEM, null for the JDK's
    record VaultAccess(URI address, String token, @Nullable String caPem) {

        /// Without the token.
        @Override
        public String toString() {
            return "VaultAccess[address=%s, token=hidden]".formatted(address);
        }
    }
}
