package io.spillway.connector.onprem.control.secret;

import io.spillway.api.connector.SecretResolver;
import io.spillway.api.connector.TokenRef;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Resolves every kind of reference.
public final class SecretStore implements SecretResolver {

    @Override
    public String resolve(TokenRef ref, @Nullable VaultAccess vault) throws IOException {
        return switch (ref) {
            case TokenRef.Env _, TokenRef.File _ -> ref.resolve();
            case TokenRef.Vault wanted -> {
                if (vault == null) {
                    throw new IOException(
                            "%s needs Vault, and none is configured; set its address and token, or use env:NAME or file:PATH"
                                    .formatted(ref));
                }
                yield VaultReader.read(wanted, vault);
            }
        };
    }
}
