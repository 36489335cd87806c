package io.spillway.control.capacity;

import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The newest report of each router about each pool. Held in memory only: it is worth nothing after
/// a few seconds.
@ApplicationScoped
public class LoadBoard {
    /// A report older than this says nothing about now.
    public static final Duration STALE = Duration.ofSeconds(10);

    private static final Comparator<PoolLoad> ORDER =
            Comparator.<PoolLoad, String>comparing(it -> it.pool().toString())
                    .thenComparing(PoolLoad::router);

    private final Map<Source, Posted> newest = new ConcurrentHashMap<>();

    private record Source(String router, PoolKey pool) {}

    private record Posted(PoolLoad load, Instant received) {}

    /// Takes a router's reports.
    ///
    /// @param received this process' clock, which decides what is stale: routers' clocks may be off
    public void post(List<PoolLoad> loads, Instant received) {
        for (var load : loads) {
            newest.put(new Source(load.router(), load.pool()), new Posted(load, received));
        }
    }

    /// Reports that still say something, ordered by pool and router.
    public List<PoolLoad> current(Instant now) {
        var oldest = now.minus(STALE);
        newest.values().removeIf(it -> it.received().isBefore(oldest));
        return newest.values().stream().map(Posted::load).sorted(ORDER).toList();
    }
}
