package io.spillway.control.key;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.request.DataClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How keys look on the admin REST.
final class KeyViews {

    private KeyViews() {}

    /// A key without its hash.
    @Schema(description = "An API key, without its secret and its hash.")
    public record Key(
            @Schema(description = "Public id.") String id,
            @Schema(description = "The tenant that owns it.") String tenant,
            @Schema(description = "Team inside the tenant.") @Nullable String team,
            @Schema(description = "Lowest class any of its requests can have.") DataClass floor,
            @Schema(description = "Highest class its requests may have.") DataClass maxClass,
            @Schema(description = "Public environments its requests may leave for.")
                    Set<String> maySpill,
            @Schema(description = "Roles of the caller, for policies.") Set<String> roles,
            @Schema(description = "Declared caller attributes, for policies.")
                    Map<String, String> attributes,
            @Schema(description = "Whether response headers show classes and endpoints.")
                    boolean debug,
            @Schema(description = "Most requests a minute per router; null for no limit.")
                    @Nullable Integer requestsPerMinute,
            @Schema(description = "When it stops working; null for never.")
                    @Nullable Instant expiresAt) {

        static Key of(ApiKey key) {
            return new Key(
                    key.id(),
                    key.tenant(),
                    key.team(),
                    key.floor(),
                    key.maxClass(),
                    key.maySpill(),
                    key.roles(),
                    key.attributes(),
                    key.debug(),
                    key.requestsPerMinute(),
                    key.expiresAt());
        }
    }

    /// What to make a key of. Everything but the tenant may be left out.
    @Schema(description = "A key to make. Only the tenant must be named.")
    public record KeyRequest(
            @Schema(description = "Public id; made when left out.") @Nullable String id,
            @Schema(description = "The tenant that will own it.") String tenant,
            @Schema(description = "Team inside the tenant.") @Nullable String team,
            @Schema(description = "Lowest class of its requests; public when left out.")
                    @Nullable DataClass floor,
            @Schema(description = "Highest class of its requests; restricted when left out.")
                    @Nullable DataClass maxClass,
            @Schema(
                            description =
                                    "Public environments its requests may leave for; none when left"
                                            + " out.")
                    @Nullable Set<String> maySpill,
            @Schema(description = "Roles of the caller, for policies.") @Nullable Set<String> roles,
            @Schema(description = "Declared caller attributes, for policies.")
                    @Nullable Map<String, String> attributes,
            @Schema(description = "Whether response headers show classes and endpoints.")
                    @Nullable Boolean debug,
            @Schema(description = "Most requests a minute per router.")
                    @Nullable Integer requestsPerMinute,
            @Schema(description = "When it stops working.") @Nullable Instant expiresAt) {

        ApiKey toKey(String freshId, String hash) {
            return new ApiKey(
                    Objects.requireNonNullElse(id, freshId),
                    hash,
                    tenant,
                    team,
                    Objects.requireNonNullElse(floor, DataClass.PUBLIC),
                    Objects.requireNonNullElse(maxClass, DataClass.HIGHEST),
                    Objects.requireNonNullElse(maySpill, Set.of()),
                    Objects.requireNonNullElse(roles, Set.of()),
                    Objects.requireNonNullElse(attributes, Map.of()),
                    Objects.requireNonNullElse(debug, false),
                    requestsPerMinute,
                    expiresAt);
        }
    }

    /// A key that was just made.
    @Schema(description = "A new key. The secret is shown here and never again.")
    public record NewKey(
            @Schema(description = "Public id.") String id,
            @Schema(description = "What callers send as bearer token.") String secret) {

        /// Without the secret.
        @Override
        public String toString() {
            return "NewKey[id=%s]".formatted(id);
        }
    }

    /// All keys.
    public record KeyList(List<Key> items) {}
}
