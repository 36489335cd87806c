package io.spillway.router;

import io.spillway.api.connector.Dialect;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.router.forwarding.MetricsReader;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Asks each endpoint for its load about once a second, at times that drift apart, so that many
/// routers do not ask in step. Confined to one event loop.
final class LoadProbes {
    private static final long LOOK_MILLIS = 100;

    private final Plane plane;
    private final MetricsReader reader;
    private final long everyNanos;
    private final Map<String, Long> due = new HashMap<>();
    private final Set<String> asking = new HashSet<>();

    LoadProbes(Plane plane, MetricsReader reader, Duration every) {
        this.plane = plane;
        this.reader = reader;
        this.everyNanos = every.toNanos();
    }

    /// Begins; to be called on the event loop that is to do it.
    long start(Vertx vertx) {
        return vertx.setPeriodic(LOOK_MILLIS, _ -> look());
    }

    private void look() {
        long now = plane.nanos();
        var state = plane.state().routing();
        var seen = new HashSet<String>();
        state.endpoints()
                .values()
                .forEach(endpoints -> {
                    for (var endpoint : endpoints) {
                        seen.add(endpoint.id());
                        if (isDue(endpoint, now)) {
                            ask(endpoint);
                        }
                    }
                });
        due.keySet().retainAll(seen);
    }

    private boolean isDue(Endpoint endpoint, long now) {
        if (endpoint.state() == EndpointState.DOWN || asking.contains(endpoint.id())) {
            return false;
        }
        var at = due.get(endpoint.id());
        if (at != null && now - at < 0) {
            return false;
        }
        long jitter = (long) (everyNanos * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
        due.put(endpoint.id(), now + jitter);
        return true;
    }

    private void ask(Endpoint endpoint) {
        var state = plane.state().routing();
        var dialect = plane.dialects().get(endpoint.dialect());
        var environment = state.environments().get(endpoint.environment());
        var pool = state.pools().get(endpoint.pool());
        if (dialect == null
                || environment == null
                || pool == null
                || dialect.metricsPath().isEmpty()) {
            return;
        }
        asking.add(endpoint.id());
        reader.read(endpoint, environment, dialect.metricsPath().get())
                .onComplete(page -> {
                    asking.remove(endpoint.id());
                    if (page.failed()) {
                        plane.dispatcher().probeFailed(endpoint.id(), plane.nanos());
                    } else {
                        page.result()
                                .ifPresent(text ->
                                        take(endpoint, dialect, text, pool.upstreamModel()));
                    }
                });
    }

    private void take(Endpoint endpoint, Dialect dialect, String page, String upstreamModel) {
        // A page without readable figures is no report: the last reading ages and becomes unknown.
        dialect.load(page, upstreamModel, plane.now())
                .ifPresent(
                        report -> plane.dispatcher().report(endpoint.id(), report, plane.nanos()));
    }
}
