package io.spillway.control.capacity;

import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says how many machines a fleet should have. One per fleet, asked about once a second; no I/O, no
/// clock, not thread-safe.
///
/// It grows when for more than [#SUSTAINED] requests wished for the fleet's pool in vain while the
/// private pools of the same model version were slow (predicted over `scaleUpTtftMillis`), unknown
/// or queueing, or when the fleet's own pool is that slow. The step is proportional: one machine
/// per `requestsPerMachine` (default 8) unserved requests. While machines start it does not grow
/// again before their boot time has passed.
///
/// It shrinks by one machine when, for `idleSeconds`, nothing wished in vain and what ran would
/// have fitted on one machine less. The way up takes seconds and the way down minutes on purpose:
/// that is the hysteresis.
///
/// A report that has not been renewed for [#FRESH] says nothing, and without a fresh report about
/// the fleet's pool the size holds. Age is measured from when a report was first seen here, so
/// routers' clocks do not matter.
public final class Autoscaler {
    static final Duration SUSTAINED = Duration.ofSeconds(2);
    static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration GAP = Duration.ofMillis(2500);
    private static final String REQUESTS_SETTING = "requestsPerMachine";
    private static final String BOOT_SETTING = "bootSeconds";
    private static final long DEFAULT_REQUESTS = 8;
    private static final long DEFAULT_BOOT_SECONDS = 60;

    private final Map<Source, Seen> reports = new HashMap<>();
    private @Nullable Instant demandSince;
    private @Nullable Instant demandAt;
    private @Nullable Instant grownAt;
    private @Nullable Instant fitsSince;
    private int unserved;

    private record Source(String router, PoolKey pool) {}

    private record Seen(PoolLoad load, Instant firstSeen) {}

    /// What is.
    ///
    /// @param desired the size wanted so far
    /// @param ready machines that serve; the others up to `desired` are on their way
    /// @param privatePools private pools of the fleet's model version
    /// @param loads the newest report of each router about each pool
    public record Situation(
            int desired, int ready, Set<PoolKey> privatePools, List<PoolLoad> loads) {
        public Situation {
            privatePools = Set.copyOf(privatePools);
            loads = List.copyOf(loads);
        }
    }

    /// What should be.
    ///
    /// @param desired the size to have; the same as before to hold
    /// @param reason why, for an operator
    public record Action(int desired, String reason) {}

    /// The next size.
    public Action next(Fleet fleet, Situation situation, Instant now) {
        take(fleet, situation, now);
        int desired = situation.desired();
        if (desired < fleet.minimum()) {
            return new Action(fleet.minimum(), "the fleet's minimum is " + fleet.minimum());
        }
        if (desired > fleet.maximum()) {
            return new Action(fleet.maximum(), "the fleet's maximum is " + fleet.maximum());
        }
        if (fresh(fleet.pool(), now).isEmpty()) {
            fitsSince = null;
            return new Action(desired, "holds: no router reports about the pool");
        }
        if (demandSince != null) {
            return grow(fleet, situation, demandSince, now);
        }
        return shrink(fleet, desired, now);
    }

    /// Notes what the newest reports say; each report counts once.
    private void take(Fleet fleet, Situation situation, Instant now) {
        boolean news = false;
        for (var load : situation.loads()) {
            var source = new Source(load.router(), load.pool());
            var before = reports.get(source);
            if (before == null || !before.load().at().equals(load.at())) {
                reports.put(source, new Seen(load, now));
                news |= load.pool().equals(fleet.pool());
            }
        }
        reports.values().removeIf(it -> isOld(it, now));
        if (news) {
            unserved = unserved(fleet, situation.privatePools(), now);
            if (unserved > 0) {
                demandAt = now;
                demandSince = demandSince == null ? now : demandSince;
            }
        }
        if (demandAt != null && Duration.between(demandAt, now).compareTo(GAP) > 0) {
            demandAt = null;
            demandSince = null;
        }
    }

    private int unserved(Fleet fleet, Set<PoolKey> privatePools, Instant now) {
        int wished = 0;
        int slow = 0;
        for (var load : fresh(fleet.pool(), now)) {
            wished += load.wantedSpill() + load.queued();
            boolean overLimit =
                    load.predictedTtftMillis().orElse(0) > fleet.scaleUpTtftMillis()
                            && load.running() > 0;
            slow += overLimit ? load.running() : 0;
        }
        return (privateIsTight(fleet, privatePools, now) ? wished : 0) + slow;
    }

    /// A wish for the fleet counts only while home is no good alternative: a policy may list the
    /// fleet for every request, also for those that the private pool serves at once.
    private boolean privateIsTight(Fleet fleet, Set<PoolKey> privatePools, Instant now) {
        boolean roomy = false;
        for (var pool : privatePools) {
            var loads = fresh(pool, now);
            roomy |=
                    !loads.isEmpty()
                            && loads.stream()
                                    .allMatch(it ->
                                            it.readyEndpoints() > 0
                                                    && it.queued() == 0
                                                    && it.predictedTtftMillis()
                                                                    .orElse(Long.MAX_VALUE)
                                                            <= fleet.scaleUpTtftMillis());
        }
        return !roomy;
    }

    private Action grow(Fleet fleet, Situation situation, Instant since, Instant now) {
        int desired = situation.desired();
        fitsSince = null;
        if (Duration.between(since, now).compareTo(SUSTAINED) <= 0) {
            return new Action(desired, "holds: spill demand is younger than 2 s");
        }
        if (desired >= fleet.maximum()) {
            return new Action(desired, "holds: the fleet is at its maximum");
        }
        var boot = Duration.ofSeconds(setting(fleet, BOOT_SETTING, DEFAULT_BOOT_SECONDS));
        int starting = desired - situation.ready();
        if (starting > 0 && grownAt != null && now.isBefore(grownAt.plus(boot))) {
            return new Action(desired, "holds: %d machines are starting".formatted(starting));
        }
        long perMachine = setting(fleet, REQUESTS_SETTING, DEFAULT_REQUESTS);
        long step = Math.max(1, Math.ceilDiv((long) unserved, perMachine));
        int next = (int) Math.min(fleet.maximum(), desired + step);
        grownAt = now;
        demandSince = null;
        demandAt = null;
        return new Action(
                next,
                "grows from %d to %d: %d requests unserved for more than 2 s"
                        .formatted(desired, next, unserved));
    }

    private Action shrink(Fleet fleet, int desired, Instant now) {
        long perMachine = setting(fleet, REQUESTS_SETTING, DEFAULT_REQUESTS);
        int running = fresh(fleet.pool(), now).stream().mapToInt(PoolLoad::running).sum();
        boolean fits = running <= perMachine * (desired - 1L) && desired > fleet.minimum();
        if (!fits || unserved > 0) {
            fitsSince = null;
            return new Action(desired, "holds: %d requests running".formatted(running));
        }
        fitsSince = fitsSince == null ? now : fitsSince;
        var idle = Duration.ofSeconds(fleet.idleSeconds());
        boolean young = grownAt != null && now.isBefore(grownAt.plus(idle));
        if (young || Duration.between(fitsSince, now).compareTo(idle) < 0) {
            return new Action(desired, "holds: not idle for long enough");
        }
        fitsSince = now;
        return new Action(
                desired - 1,
                "shrinks from %d to %d: one machine was not needed for %d s"
                        .formatted(desired, desired - 1, fleet.idleSeconds()));
    }

    private List<PoolLoad> fresh(PoolKey pool, Instant now) {
        return reports.values().stream()
                .filter(it -> it.load().pool().equals(pool) && !isOld(it, now))
                .map(Seen::load)
                .toList();
    }

    private static boolean isOld(Seen seen, Instant now) {
        return Duration.between(seen.firstSeen(), now).compareTo(FRESH) > 0;
    }

    /// A setting that must be a number of at least 1; anything else is the default.
    private static long setting(Fleet fleet, String name, long otherwise) {
        var text = fleet.settings().get(name);
        if (text == null || !text.matches("[1-9][0-9]{0,8}")) {
            return otherwise;
        }
        return Long.parseLong(text);
    }
}
