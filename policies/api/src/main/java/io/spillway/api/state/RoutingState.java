package io.spillway.api.state;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything a router needs to decide, at one watermark. Immutable and indexed for look-ups.
///
/// @param watermark the change set it was built from
/// @param environments by name
/// @param models by name
/// @param pools by identity
/// @param endpoints by pool, each list ordered by id
/// @param tenants by name
/// @param keysByHash API keys by their hash
/// @param policies by name
public record RoutingState(
        Watermark watermark,
        Map<String, Environment> environments,
        Map<String, Model> models,
        Map<PoolKey, Pool> pools,
        Map<PoolKey, List<Endpoint>> endpoints,
        Map<String, Tenant> tenants,
        Map<String, ApiKey> keysByHash,
        Map<String, PolicyDocument> policies) {

    /// Builds the indexes.
    public static RoutingState of(Watermark watermark, Collection<RegistryObject> objects) {
        var environments = new HashMap<String, Environment>();
        var models = new HashMap<String, Model>();
        var pools = new HashMap<PoolKey, Pool>();
        var endpoints = new HashMap<PoolKey, List<Endpoint>>();
        var tenants = new HashMap<String, Tenant>();
        var keys = new HashMap<String, ApiKey>();
        var policies = new HashMap<String, PolicyDocument>();
        for (var object : objects) {
            switch (object) {
                case Environment it -> environments.put(it.name(), it);
                case Model it -> models.put(it.name(), it);
                case Pool it -> pools.put(it.id(), it);
                case Endpoint it ->
                        endpoints.computeIfAbsent(it.pool(), _ -> new ArrayList<>()).add(it);
                case Tenant it -> tenants.put(it.name(), it);
                case ApiKey it -> keys.put(it.hash(), it);
                case PolicyDocument it -> policies.put(it.name(), it);
                case Fleet _ -> {} // routers route to endpoints; how they came to be is not
                    // their concern
            }
        }
        endpoints.replaceAll((_, list) ->
                list.stream().sorted(java.util.Comparator.comparing(Endpoint::id)).toList());
        return new RoutingState(
                watermark,
                Map.copyOf(environments),
                Map.copyOf(models),
                Map.copyOf(pools),
                Map.copyOf(endpoints),
                Map.copyOf(tenants),
                Map.copyOf(keys),
                Map.copyOf(policies));
    }
}
