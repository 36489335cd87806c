package io.spillway.router.classification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spillway.api.request.DataClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The highest class seen in each session. It only rises: a conversation that held a secret is
/// answered as one that holds it. Thread-safe.
public final class SessionTaint {
    private final Cache<Key, DataClass> seen =
            Caffeine.newBuilder()
                    .maximumSize(200_000)
                    .expireAfterAccess(Duration.ofHours(24))
                    .build();

    private record Key(String tenant, String keyId, String session) {}

    /// The class that the session's past asks for, null when there is none.
    public @Nullable DataClass floor(String tenant, String keyId, String session) {
        return seen.getIfPresent(new Key(tenant, keyId, session));
    }

    /// Notes the class of a request.
    public void raise(String tenant, String keyId, String session, DataClass dataClass) {
        seen.asMap().merge(new Key(tenant, keyId, session), dataClass, DataClass::max);
    }
}
