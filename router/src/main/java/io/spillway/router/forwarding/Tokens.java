package io.spillway.router.forwarding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spillway.api.connector.TokenRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Bearer tokens of endpoints, read where the registry says they are and kept for half a minute, so
/// that a rotated one is picked up. Thread-safe.
public final class Tokens {
    private final Vertx vertx;
    private final Cache<String, String> known =
            Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterWrite(Duration.ofSeconds(30))
                    .build();

    public Tokens(Vertx vertx) {
        this.vertx = vertx;
    }

    /// The token that `ref` names, null when `ref` is null. Fails when it cannot be read.
    public Future<@Nullable String> token(@Nullable String ref) {
        if (ref == null) {
            return Future.succeededFuture();
        }
        var cached = known.getIfPresent(ref);
        if (cached != null) {
            return Future.succeededFuture(cached);
        }
        return vertx.executeBlocking(
                () -> {
                    var token = TokenRef.parse(ref).resolve();
                    known.put(ref, token);
                    return token;
                },
                false);
    }
}
