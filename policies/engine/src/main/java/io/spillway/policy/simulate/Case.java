package io.spillway.policy.simulate;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.PlacementFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request that can be decided again.
///
/// @param id how reports call it
/// @param request the request
/// @param findings everything that was found
/// @param floors what besides rules asks for a class
/// @param servedAs the smaller model it was degraded to, null for the requested one
/// @param maskable types that count as gone once masked
/// @param world the facts of its moment
/// @param promptTokens tokens to price it with, null when not known
/// @param completionTokens tokens to price it with, null when not known
record Case(
        String id,
        RequestFacts request,
        List<Finding> findings,
        List<Source> floors,
        @Nullable String servedAs,
        Set<String> maskable,
        World world,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens) {

    /// The facts of a moment, by model.
    interface World {
        /// What a decision for this model looks at; a model that is not known has no versions.
        PlacementFacts placement(String model);

        Map<String, Environment> environments();

        Map<PoolKey, Pool> pools();
    }

    String tenant() {
        return request.caller().tenant();
    }
}
