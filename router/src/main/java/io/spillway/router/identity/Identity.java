package io.spillway.router.identity;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.state.RoutingState;
import io.spillway.router.api.ApiError;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Establishes who calls. Confined to one event loop; the rate is shared by all.
public final class Identity {
    private static final String SCHEME = "Bearer ";
    private static final int MAX_KEY = 512;

    private final KeyHash hash;
    private final RequestRate rate;
    private final String environment;

    /// @param environment where this router stands
    public Identity(KeyHash hash, RequestRate rate, String environment) {
        this.hash = hash;
        this.rate = rate;
        this.environment = environment;
    }

    /// Reads the `Authorization` header, which is all that identity rests on.
    ///
    /// @param authorization the header's value, null when there is not exactly one
    public Identification identify(
            @Nullable String authorization, RoutingState state, Instant now, long nowNanos) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused("Send your key as the header 'Authorization: Bearer KEY'.");
        }
        var secret = authorization.substring(SCHEME.length()).strip();
        if (secret.isEmpty() || secret.length() > MAX_KEY) {
            return refused("The key is not accepted.");
        }
        var key = state.keysByHash().get(hash.of(secret));
        var tenant = key == null ? null : state.tenants().get(key.tenant());
        if (key == null || tenant == null) {
            return refused("The key is not accepted.");
        }
        var expires = key.expiresAt();
        if (expires != null && !now.isBefore(expires)) {
            return refused("The key has expired; ask for a new one.");
        }
        var place = state.environments().get(environment);
        if (place == null || !place.clearance().covers(key.maxClass())) {
            return new Identification.Refused(
                    ApiError.denied(
                            "This router may not see the data classes of this key; use a router of"
                                    + " a higher clearance."));
        }
        return limited(key, nowNanos, Principal.of(key, tenant));
    }

    private Identification limited(ApiKey key, long nowNanos, Principal principal) {
        long wait = rate.take(key, nowNanos);
        if (wait == 0) {
            return new Identification.Known(principal);
        }
        long seconds = Math.ceilDiv(wait, TimeUnit.SECONDS.toNanos(1));
        return new Identification.Refused(
                ApiError.rateLimited(
                        "The key's limit of %d requests a minute is reached."
                                .formatted(key.requestsPerMinute()),
                        seconds));
    }

    private static Identification refused(String message) {
        return new Identification.Refused(ApiError.unauthenticated(message));
    }
}
