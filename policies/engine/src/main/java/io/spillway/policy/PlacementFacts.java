package io.spillway.policy;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
public record PlacementFacts(
        Map<PoolKey, PoolFacts> pools,
        Map<PoolKey, Pool> prices,
        Map<String, Environment> environments,
        List<String> modelVersions,
        Set<String> maySpill,
        Set<String> spillableUnscanned,
        Instant now) {}
