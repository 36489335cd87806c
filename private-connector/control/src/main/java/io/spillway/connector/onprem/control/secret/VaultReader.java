package io.spillway.connector.onprem.control.secret;

import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.spillway.api.connector.SecretResolver.VaultAccess;
import io.spillway.api.connector.TokenRef;
import io.spillway.connector.onprem.control.OutboundHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a field of a secret from Vault's key-value store, version 2.
final class VaultReader {
    private static final int TIMEOUT_SECONDS = 10;

    private VaultReader() {}

    static String read(TokenRef.Vault ref, VaultAccess access) throws IOException {
        try (var http = OutboundHttp.client(access.caPem(), Duration.ofSeconds(TIMEOUT_SECONDS))) {
            var config =
                    new VaultConfig()
                            .environmentLoader(new NoEnvironment())
                            .address(access.address().toString())
                            .token(access.token())
                            .engineVersion(2)
                            .openTimeout(TIMEOUT_SECONDS)
                            .readTimeout(TIMEOUT_SECONDS)
                            .httpClient(http)
                            .build();
            return field(ref, access, Vault.create(config).logical().read(ref.path()));
        } catch (VaultException e) {
            throw failed(ref, access, e.getHttpStatusCode());
        }
    }

    private static String field(TokenRef.Vault ref, VaultAccess access, LogicalResponse response)
            throws IOException {
        var status = response.getRestResponse().getStatus();
        if (status != 200) {
            throw failed(ref, access, status);
        }
        return Optional.ofNullable(response.getData().get(ref.field()))
                .filter(value -> !value.isBlank())
                .orElseThrow(() ->
                        new IOException(
                                "the secret of %s has no field '%s', or it is empty"
                                        .formatted(ref, ref.field())));
    }

    /// Words a failure by its status alone: the driver's message holds Vault's whole answer.
    private static IOException failed(TokenRef.Vault ref, VaultAccess access, int status) {
        return new IOException(
                switch (status) {
                    case 400, 401, 403 ->
                            "Vault at %s does not let its token read %s; check token and policy"
                                    .formatted(access.address(), ref);
                    case 404 ->
                            "Vault at %s has no secret %s; the path begins with the mount, as in secret/NAME"
                                    .formatted(access.address(), ref);
                    case 503 -> "Vault at %s is sealed; unseal it".formatted(access.address());
                    case 0 ->
                            "Vault at %s does not answer; check its address and certificate authority"
                                    .formatted(access.address());
                    default ->
                            "Vault at %s answered status %d to %s"
                                    .formatted(access.address(), status, ref);
                });
    }

    /// What stands in the environment of the control plane must not steer a read whose address and
    /// token were given.
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable String loadVariable(String name) {
            return null;
        }
    }
}
