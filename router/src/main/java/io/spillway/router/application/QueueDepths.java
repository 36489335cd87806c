package io.spillway.router.application;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Shows the newest load of each pool as gauges. Pools come from the registry, so their number is
/// bounded.
final class QueueDepths {
    private final MeterRegistry registry;
    private final Map<PoolKey, PoolLoad> newest = new ConcurrentHashMap<>();

    QueueDepths(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(List<PoolLoad> loads) {
        for (var load : loads) {
            if (newest.put(load.pool(), load) == null) {
                register(load.pool());
            }
        }
    }

    private void register(PoolKey pool) {
        Gauge.builder("spillway.queue.depth", newest, it -> at(it, pool).queued())
                .tag("pool", pool.toString())
                .register(registry);
        Gauge.builder("spillway.pool.running", newest, it -> at(it, pool).running())
                .tag("pool", pool.toString())
                .register(registry);
        Gauge.builder("spillway.pool.ready", newest, it -> at(it, pool).readyEndpoints())
                .tag("pool", pool.toString())
                .register(registry);
    }

    private static PoolLoad at(Map<PoolKey, PoolLoad> loads, PoolKey pool) {
        var load = loads.get(pool);
        if (load == null) {
            throw new IllegalStateException("pool %s was never shown".formatted(pool));
        }
        return load;
    }
}
