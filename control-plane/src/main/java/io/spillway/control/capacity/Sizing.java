package io.spillway.control.capacity;

import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.control.registry.RegistryState;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// The size a fleet should have: what was last wanted, moved on by the autoscaler. A size that
/// moved is written down with its reason before anything is done about it.
final class Sizing {
    private final Autoscaler autoscaler = new Autoscaler();
    private final Wanted wanted;
    private final LoadBoard board;

    Sizing(Wanted wanted, LoadBoard board) {
        this.wanted = wanted;
        this.board = board;
    }

    Wanted.Size next(Machines machines, RegistryState state, Instant now) {
        var fleet = machines.fleet();
        var last =
                wanted.of(fleet.name())
                        .orElse(
                                new Wanted.Size(
                                        fleet.minimum(), false, now, "the fleet's minimum"));
        if (last.halted()) {
            return last;
        }
        var action =
                autoscaler.next(
                        fleet,
                        new Autoscaler.Situation(
                                last.desired(),
                                starting(machines),
                                privatePools(fleet, state),
                                board.current(now)),
                        now);
        if (action.desired() == last.desired()) {
            return last;
        }
        var next = new Wanted.Size(action.desired(), false, now, action.reason());
        wanted.set(fleet.name(), next);
        return next;
    }

    private static int starting(Machines machines) {
        return (int)
                machines.endpoints().values().stream()
                        .filter(it -> it.state() == EndpointState.STARTING)
                        .count();
    }

    private static Set<PoolKey> privatePools(Fleet fleet, RegistryState state) {
        return state.all(Pool.class).stream()
                .map(Pool::id)
                .filter(it -> it.modelVersion().equals(fleet.modelVersion()))
                .filter(it ->
                        state.find(Environment.class, it.environment())
                                .filter(home -> home.zone() == Zone.PRIVATE)
                                .isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }
}
