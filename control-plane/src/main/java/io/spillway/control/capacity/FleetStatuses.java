package io.spillway.control.capacity;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Fleet;
import io.spillway.control.capacity.FleetViews.FleetAction;
import io.spillway.control.capacity.FleetViews.FleetStatus;
import io.spillway.control.capacity.FleetViews.Machine;
import io.spillway.control.registry.RegistryState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;

/// Tells how fleets are, from what is written down; it asks no driver for machines.
@ApplicationScoped
public class FleetStatuses {
    private final FleetSites sites;
    private final Wanted wanted;

    FleetStatuses(FleetSites sites, Wanted wanted) {
        this.sites = sites;
        this.wanted = wanted;
    }

    /// How a fleet is.
    public FleetStatus of(Fleet fleet, RegistryState state) {
        var hindrance = sites.hindrance(fleet);
        var machines =
                Machines.endpoints(fleet.name(), state).values().stream()
                        .sorted(Comparator.comparing(Endpoint::id))
                        .map(it ->
                                new Machine(
                                        it.id().substring(fleet.name().length() + 1),
                                        it.url(),
                                        it.state()))
                        .toList();
        return new FleetStatus(
                fleet.name(),
                fleet.pool(),
                fleet.driver(),
                hindrance.isEmpty(),
                hindrance.orElse(""),
                fleet.minimum(),
                fleet.maximum(),
                wanted.desired(fleet),
                machines,
                wanted.of(fleet.name())
                        .map(it -> new FleetAction(it.at(), it.desired(), it.reason()))
                        .orElse(null));
    }
}
