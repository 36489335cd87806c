package io.spillway.control.capacity;

import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Pool;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Intent;
import io.spillway.control.registry.Registry;
import io.spillway.control.registry.RegistryState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/// Looks after one fleet, on one virtual thread. Every failure is logged once and tried again; the
/// machines that exist keep serving meanwhile.
final class FleetKeeper implements Runnable {
    private static final Logger LOG = Logger.getLogger(FleetKeeper.class);
    private static final String CAPACITY = "capacity";

    private final String name;
    private final Tools tools;
    private final Drains drains = new Drains();
    private final Health health;
    private final Backoff backoff = new Backoff();
    private final Sizing sizing;
    private final Semaphore nudges = new Semaphore(0);
    private final ReentrantLock driving = new ReentrantLock();
    private String lastProblem = "";

    FleetKeeper(String name, Tools tools) {
        this.name = name;
        this.tools = tools;
        this.health = new Health(tools.probe());
        this.sizing = new Sizing(tools.wanted(), tools.board());
    }

    /// What all keepers work with.
    record Tools(
            Registry registry,
            FleetSites sites,
            MachineProbe probe,
            LoadBoard board,
            Wanted wanted,
            FleetRuns runs,
            Clock clock) {}

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                tick();
                tell("");
                nudges.tryAcquire(1, 1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                tell(String.valueOf(e.getMessage()));
                pause();
            }
        }
    }

    /// Does the next round now instead of within a second.
    void nudge() {
        nudges.release();
    }

    /// What a change of size would do.
    ///
    /// @throws Refusal when the driver is at work
    String plan(Fleet fleet, int desired, String reason) throws InterruptedException {
        if (!driving.tryLock(5, TimeUnit.SECONDS)) {
            throw Refusal.conflict(
                    "fleet_busy",
                    "the driver of fleet '%s' is at work; see GET /fleets/%s/runs and try again"
                            .formatted(name, name),
                    List.of());
        }
        try {
            var state = tools.registry().state();
            return logged(
                    "plan",
                    desired,
                    reason,
                    () ->
                            tools.sites()
                                    .driver(fleet)
                                    .plan(
                                            OwnSettings.withoutThem(fleet),
                                            site(fleet, state),
                                            desired));
        } catch (IOException e) {
            throw Refusal.unavailable("plan_failed", String.valueOf(e.getMessage()));
        } finally {
            driving.unlock();
        }
    }

    private void tick() throws IOException, InterruptedException {
        var state = tools.registry().state();
        var found = state.find(Fleet.class, name);
        if (found.isEmpty()) {
            return;
        }
        var fleet = found.get();
        var hindrance = tools.sites().hindrance(fleet);
        if (hindrance.isPresent()) {
            throw new IOException(hindrance.get());
        }
        var now = tools.clock().instant();
        var machines = look(fleet, state);
        change("register", machines.reconciliation());
        machines = new Machines(fleet, machines.machines(), current());
        change("probe", health.check(machines, environment(fleet, state), pool(fleet, state), now));
        machines = new Machines(fleet, machines.machines(), current());
        var size = sizing.next(machines, state, now);
        if (backoff.isOver(now)) {
            resize(machines, size, now);
        }
    }

    private void resize(Machines machines, Wanted.Size size, Instant now)
            throws IOException, InterruptedException {
        var fleet = machines.fleet();
        var count = machines.machines().size();
        if (size.halted()) {
            if (count > 0) {
                destroy(machines, size);
            }
        } else if (size.desired() > count) {
            change("resume", machines.undrain(drains.forgetAll()));
            apply(fleet, size);
        } else if (size.desired() < count) {
            shrink(machines, size, now);
        } else {
            change("resume", machines.undrain(drains.forgetAll()));
        }
    }

    private void shrink(Machines machines, Wanted.Size size, Instant now)
            throws IOException, InterruptedException {
        var excess = machines.excess(size.desired());
        change("drain", Machines.drain(excess));
        drains.begun(excess, now);
        var busy =
                drains.busy(
                        machines.fleet(), excess, health::busy, tools.board().current(now), now);
        if (busy.isEmpty()) {
            apply(machines.fleet(), size);
            drains.forgetAll();
            change("register", look(machines.fleet(), tools.registry().state()).reconciliation());
        }
    }

    private void apply(Fleet fleet, Wanted.Size size) throws IOException, InterruptedException {
        driving.lockInterruptibly();
        try {
            var site = site(fleet, tools.registry().state());
            logged(
                    "apply",
                    size.desired(),
                    size.reason(),
                    () ->
                            "machines: "
                                    + tools
                                            .sites()
                                            .driver(fleet)
                                            .apply(
                                                    OwnSettings.withoutThem(fleet),
                                                    site,
                                                    size.desired())
                                            .stream()
                                            .map(it -> it.id() + " at " + it.url())
                                            .toList());
        } finally {
            driving.unlock();
        }
    }

    private void destroy(Machines machines, Wanted.Size size)
            throws IOException, InterruptedException {
        var fleet = machines.fleet();
        change("register", new Machines(fleet, List.of(), machines.endpoints()).reconciliation());
        driving.lockInterruptibly();
        try {
            var site = site(fleet, tools.registry().state());
            logged(
                    "destroy",
                    0,
                    size.reason(),
                    () -> {
                        tools.sites().driver(fleet).destroy(OwnSettings.withoutThem(fleet), site);
                        return "all machines are gone";
                    });
        } finally {
            driving.unlock();
        }
    }

    private String logged(String action, int desired, String reason, Driving work)
            throws IOException, InterruptedException {
        var run = tools.runs().begin(name, action, desired, reason, tools.clock().instant());
        try {
            var said = work.run();
            tools.runs().end(run, true, said, tools.clock().instant());
            backoff.succeeded();
            return said;
        } catch (IOException | RuntimeException e) {
            tools.runs().end(run, false, String.valueOf(e.getMessage()), tools.clock().instant());
            backoff.failed(tools.clock().instant());
            throw e;
        }
    }

    private Machines look(Fleet fleet, RegistryState state)
            throws IOException, InterruptedException {
        driving.lockInterruptibly();
        try {
            return Machines.of(
                    fleet,
                    tools.sites()
                            .driver(fleet)
                            .machines(OwnSettings.withoutThem(fleet), site(fleet, state)),
                    state);
        } finally {
            driving.unlock();
        }
    }

    private void change(String action, List<Change> changes) {
        if (!changes.isEmpty()) {
            tools.registry().change(new Intent(CAPACITY, action), _ -> changes);
        }
    }

    private Map<String, Endpoint> current() {
        return Machines.endpoints(name, tools.registry().state());
    }

    private FleetSite site(Fleet fleet, RegistryState state) throws IOException {
        return tools.sites().of(fleet, pool(fleet, state));
    }

    private static Optional<Pool> pool(Fleet fleet, RegistryState state) {
        return state.find(Pool.class, fleet.pool().toString());
    }

    private static Optional<Environment> environment(Fleet fleet, RegistryState state) {
        return state.find(Environment.class, fleet.environment());
    }

    private void tell(String problem) {
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            if (problem.isEmpty()) {
                LOG.infof("fleet %s works again", name);
            } else {
                LOG.warnf("fleet %s: %s", name, problem);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A call of the driver; it answers what the run's log is to say.
    @FunctionalInterface
    private interface Driving {
        String run() throws IOException, InterruptedException;
    }
}
