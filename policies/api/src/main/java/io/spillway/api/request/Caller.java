package io.spillway.api.request;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who sends a request, as established by identity and never by what the request says of itself.
///
/// @param tenant name of the tenant
/// @param team team inside the tenant, null when the key belongs to none
/// @param keyId public id of the key, never the secret
/// @param roles roles of the key
/// @param attributes declared caller attributes by name
/// @param allowedJurisdictions codes of the jurisdictions the caller's data may enter; empty means
///   that only private environments may see it
/// @param debug whether the caller may see classes, findings and endpoints in response headers
public record Caller(
        String tenant,
        @Nullable String team,
        String keyId,
        Set<String> roles,
        Map<String, String> attributes,
        Set<String> allowedJurisdictions,
        boolean debug) {

    public Caller {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
        allowedJurisdictions = Set.copyOf(allowedJurisdictions);
    }
}
