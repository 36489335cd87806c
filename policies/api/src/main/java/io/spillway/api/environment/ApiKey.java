package io.spillway.api.environment;

import io.spillway.api.request.DataClass;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key that callers authenticate with. Only a keyed hash of the secret is ever stored.
///
/// @param id public id
/// @param hash HMAC-SHA-256 of the secret under the installation's pepper, as 64 lower-case hex
///   digits
/// @param tenant owner
/// @param team team inside the tenant, null for none
/// @param floor lowest class any of its requests can have
/// @param maxClass highest class its requests may have; a router in an environment of lower
///   clearance refuses the key
/// @param maySpill public environments its requests may leave for; empty means none
/// @param roles roles of the caller
/// @param attributes declared caller attributes
/// @param debug whether classes, findings and endpoints are shown in response headers
/// @param requestsPerMinute most requests a minute per router, null for no limit
/// @param expiresAt when it stops working, null for never
public record ApiKey(
        String id,
        String hash,
        String tenant,
        @Nullable String team,
        DataClass floor,
        DataClass maxClass,
        Set<String> maySpill,
        Set<String> roles,
        Map<String, String> attributes,
        boolean debug,
        @Nullable Integer requestsPerMinute,
        @Nullable Instant expiresAt)
        implements RegistryObject {

    public ApiKey {
        Names.check("key", id);
        maySpill = Set.copyOf(maySpill);
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
        if (hash.length() != 64) {
            throw new IllegalArgumentException(
                    "key '%s' has a hash of %d characters; expected 64 hex digits"
                            .formatted(id, hash.length()));
        }
        if (!maxClass.covers(floor)) {
            throw new IllegalArgumentException(
                    "key '%s' has floor %s above maxClass %s"
                            .formatted(id, floor.wire(), maxClass.wire()));
        }
    }

    @Override
    public String key() {
        return id;
    }
}
