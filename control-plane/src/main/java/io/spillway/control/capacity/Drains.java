package io.spillway.control.capacity;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Fleet;
import io.spillway.api.state.PoolLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// Endpoints that are being emptied before their machines go.
///
/// An endpoint is empty when its own server says that it works on nothing. Routers hear of a drain
/// within a second, so a zero counts only after [#SETTLE]; and no request may hold a machine longer
/// than the fleet's `drainSeconds`.
final class Drains {
    static final Duration SETTLE = Duration.ofSeconds(3);
    private static final String DEFAULT_LIMIT = "120";

    private final Map<String, Begun> begun = new HashMap<>();

    private record Begun(Instant at, boolean served) {}

    void begun(List<Endpoint> endpoints, Instant now) {
        for (var endpoint : endpoints) {
            var served =
                    endpoint.state() == EndpointState.READY
                            || endpoint.state() == EndpointState.DRAINING;
            begun.putIfAbsent(endpoint.id(), new Begun(now, served));
        }
    }

    /// Those that must be waited for.
    ///
    /// @param working requests that an endpoint's server works on, empty when it does not say: then
    ///   what routers have running in the whole pool counts
    List<String> busy(
            Fleet fleet,
            List<Endpoint> draining,
            Function<String, OptionalInt> working,
            List<PoolLoad> loads,
            Instant now) {
        var limit = limit(fleet);
        var poolRunning =
                loads.stream()
                        .filter(it -> it.pool().equals(fleet.pool()))
                        .mapToInt(PoolLoad::running)
                        .sum();
        return draining.stream()
                .map(Endpoint::id)
                .filter(id -> {
                    var drain = begun.getOrDefault(id, new Begun(now, true));
                    var waited = Duration.between(drain.at(), now);
                    return drain.served()
                            && waited.compareTo(limit) < 0
                            && (waited.compareTo(SETTLE) < 0
                                    || working.apply(id).orElse(poolRunning) > 0);
                })
                .toList();
    }

    /// Forgets all drains, and tells which there were.
    Set<String> forgetAll() {
        var ids = Set.copyOf(begun.keySet());
        begun.clear();
        return ids;
    }

    private static Duration limit(Fleet fleet) {
        return Duration.ofSeconds(
                Long.parseLong(
                        fleet.settings().getOrDefault(OwnSettings.DRAIN_SECONDS, DEFAULT_LIMIT)));
    }
}
