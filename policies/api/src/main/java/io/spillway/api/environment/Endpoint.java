package io.spillway.api.environment;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One model server.
///
/// @param id unique id
/// @param environment name of its environment
/// @param modelVersion the model version it serves
/// @param url base URL without `/v1`, such as `http://127.0.0.1:18001`
/// @param dialect name of its wire format, such as `vllm` or `openai`
/// @param state what the registry says of it
/// @param tokenRef where its bearer token is found (`env:NAME`, `file:PATH` or `vault:PATH#FIELD`),
///   null when it needs none; never the token itself
/// @param nonce identity that its process reports, so that another process on the same port is not
///   mistaken for it; null when unknown
public record Endpoint(
        String id,
        String environment,
        String modelVersion,
        URI url,
        String dialect,
        EndpointState state,
        @Nullable String tokenRef,
        @Nullable String nonce)
        implements RegistryObject {

    public Endpoint {
        Names.check("endpoint", id);
        var scheme = url.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint '%s' has url '%s'; expected http://HOST:PORT or https://HOST[:PORT]"
                            .formatted(id, url));
        }
    }

    /// The pool it belongs to.
    public PoolKey pool() {
        return new PoolKey(environment, modelVersion);
    }

    /// The same endpoint in another state.
    public Endpoint withState(EndpointState next) {
        return new Endpoint(id, environment, modelVersion, url, dialect, next, tokenRef, nonce);
    }

    @Override
    public String key() {
        return id;
    }
}
