package io.spillway.control.capacity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Registry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Runs a keeper for each fleet of the registry.
@ApplicationScoped
public class FleetKeepers {
    private static final Logger LOG = Logger.getLogger(FleetKeepers.class);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final FleetKeeper.Tools tools;
    private final Map<String, Running> keepers = new ConcurrentHashMap<>();
    private Thread watcher = Thread.ofVirtual().unstarted(() -> {});

    FleetKeepers(
            Registry registry,
            FleetSites sites,
            MachineProbe probe,
            LoadBoard board,
            Wanted wanted,
            FleetRuns runs) {
        tools =
                new FleetKeeper.Tools(
                        registry, sites, probe, board, wanted, runs, Clock.systemUTC());
    }

    private record Running(FleetKeeper keeper, Thread thread) {}

    void start(@Observes @Priority(500) StartupEvent event) {
        tools.runs().endInterrupted(tools.clock().instant());
        watcher = Thread.ofVirtual().name("fleets").start(this::watch);
    }

    /// Machines stay: the next control plane adopts them.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        watcher.interrupt();
        keepers.values().forEach(it -> it.thread().interrupt());
        for (var running : keepers.values()) {
            running.thread().join(GRACE);
        }
        keepers.clear();
    }

    /// What a change of size would do.
    public String plan(String fleet, int desired, String reason) throws InterruptedException {
        var found =
                tools.registry()
                        .state()
                        .find(Fleet.class, fleet)
                        .orElseThrow(() -> Refusal.notFound(Kind.FLEET, fleet));
        var hindrance = tools.sites().hindrance(found);
        if (hindrance.isPresent()) {
            throw Refusal.unavailable("driver_unusable", hindrance.get());
        }
        return keeper(fleet).plan(found, desired, reason);
    }

    /// Has a keeper look at its fleet now.
    public void nudge(String fleet) {
        keeper(fleet).nudge();
    }

    private FleetKeeper keeper(String fleet) {
        return keepers.computeIfAbsent(fleet, this::launch).keeper();
    }

    private Running launch(String fleet) {
        var keeper = new FleetKeeper(fleet, tools);
        return new Running(keeper, Thread.ofVirtual().name("fleet-" + fleet).start(keeper));
    }

    private void watch() {
        var failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                round();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warnf("fleets cannot be looked up: %s", e.getMessage());
                }
                failing = true;
            }
            try {
                Thread.sleep(ROUND);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void round() {
        var fleets =
                tools.registry().state().all(Fleet.class).stream()
                        .map(Fleet::name)
                        .collect(Collectors.toUnmodifiableSet());
        fleets.forEach(this::keeper);
        keepers.entrySet()
                .removeIf(it -> {
                    var gone = !fleets.contains(it.getKey());
                    if (gone) {
                        it.getValue().thread().interrupt();
                    }
                    return gone;
                });
    }
}
