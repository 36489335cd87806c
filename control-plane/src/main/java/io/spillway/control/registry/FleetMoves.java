package io.spillway.control.registry;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Fleet;
import io.spillway.api.state.ChangeSet;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import java.util.List;

/// A fleet that has machines stays with its driver and pool: another driver would not know of them,
/// and they serve what they were started with.
final class FleetMoves {

    private FleetMoves() {}

    static void check(RegistryState before, List<ChangeSet.Change> changes) {
        for (var change : changes) {
            if (change.object() instanceof Fleet next) {
                before.find(Fleet.class, next.name())
                        .filter(it -> hasMoved(it, next) && hasMachines(before, next))
                        .ifPresent(it -> {
                            throw refusal(it);
                        });
            }
        }
    }

    private static boolean hasMoved(Fleet before, Fleet after) {
        return !before.pool().equals(after.pool()) || !before.driver().equals(after.driver());
    }

    private static boolean hasMachines(RegistryState state, Fleet fleet) {
        return state.all(Endpoint.class).stream()
                .anyMatch(it ->
                        FleetMachine.fleetOf(it.id()).filter(fleet.name()::equals).isPresent());
    }

    private static Refusal refusal(Fleet fleet) {
        return Refusal.conflict(
                "fleet_has_machines",
                "fleet '%s' has machines; nothing was changed".formatted(fleet.name()),
                List.of(
                        Problem.Item.at(
                                "fleet/" + fleet.name(),
                                "its driver and pool cannot change now",
                                "POST /fleets/%s/destroy first, or define another fleet."
                                        .formatted(fleet.name()))));
    }
}
