package io.spillway.policy;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a decision needs to know besides the request. The maps are read and never changed or kept.
///
/// @param pools live facts of the pools; a pool that is missing here has no ready endpoint
/// @param prices the registry's pools by identity
/// @param environments the registry's environments by name
/// @param modelVersions versions that may serve the requested model, preferred first
/// @param maySpill public environments the request may leave for: the grants of tenant, key and
///   model, already intersected
/// @param spillableUnscanned kinds of unscanned content that the model's grant lets leave
/// @param now the time of the decision
/// @param masked what the request's classification is once findings of the types of a key are
///   masked. A set of types that is missing here although the request has findings to mask means
///   that it cannot be masked
/// @param servedAs the model it was degraded to, null for the one the caller asks for
public record PlacementFacts(
        Map<PoolKey, PoolFacts> pools,
        Map<PoolKey, Pool> prices,
        Map<String, Environment> environments,
        List<String> modelVersions,
        Set<String> maySpill,
        Set<String> spillableUnscanned,
        Instant now,
        Map<Set<String>, Classification> masked,
        @Nullable String servedAs) {

    /// Facts about a request that is to be served by the model it asks for.
    public PlacementFacts(
            Map<PoolKey, PoolFacts> pools,
            Map<PoolKey, Pool> prices,
            Map<String, Environment> environments,
            List<String> modelVersions,
            Set<String> maySpill,
            Set<String> spillableUnscanned,
            Instant now,
            Map<Set<String>, Classification> masked) {
        this(
                pools,
                prices,
                environments,
                modelVersions,
                maySpill,
                spillableUnscanned,
                now,
                masked,
                null);
    }

    /// The same facts about a request that is to be served by another model.
    ///
    /// @param model null for the model that the caller asks for
    public PlacementFacts servedAs(@Nullable String model) {
        return new PlacementFacts(
                pools,
                prices,
                environments,
                modelVersions,
                maySpill,
                spillableUnscanned,
                now,
                masked,
                model);
    }

    /// Facts about a request that nobody can mask.
    public PlacementFacts(
            Map<PoolKey, PoolFacts> pools,
            Map<PoolKey, Pool> prices,
            Map<String, Environment> environments,
            List<String> modelVersions,
            Set<String> maySpill,
            Set<String> spillableUnscanned,
            Instant now) {
        this(
                pools,
                prices,
                environments,
                modelVersions,
                maySpill,
                spillableUnscanned,
                now,
                Map.of());
    }
}
