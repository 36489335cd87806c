package io.spillway.control.capacity;

import io.spillway.api.connector.FleetDriver.Machine;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.registry.FleetMachine;
import io.spillway.control.registry.RegistryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The machines of a fleet beside their endpoints. Plain values: what should change follows from
/// what is, so it can be worked out again after any failure.
///
/// @param fleet the fleet
/// @param machines what its driver says exists, oldest first
/// @param endpoints what the registry says, by id
record Machines(Fleet fleet, List<Machine> machines, Map<String, Endpoint> endpoints) {
    private static final String DEFAULT_DIALECT = "vllm";

    static Machines of(Fleet fleet, List<Machine> machines, RegistryState state) {
        return new Machines(fleet, List.copyOf(machines), endpoints(fleet.name(), state));
    }

    /// The registered endpoints of a fleet's machines.
    static Map<String, Endpoint> endpoints(String fleet, RegistryState state) {
        return state.all(Endpoint.class).stream()
                .filter(it -> FleetMachine.fleetOf(it.id()).filter(fleet::equals).isPresent())
                .collect(Collectors.toUnmodifiableMap(Endpoint::id, Function.identity()));
    }

    /// Registers machines without endpoint, and forgets endpoints without machine.
    List<Change> reconciliation() {
        var changes = new ArrayList<Change>();
        for (var machine : machines) {
            var registered = Optional.ofNullable(endpoints.get(endpointId(machine)));
            if (registered.filter(it -> isSame(it, machine)).isEmpty()) {
                changes.add(Change.put(fresh(machine)));
            }
        }
        var existing = machines.stream().map(this::endpointId).collect(Collectors.toSet());
        endpoints.keySet().stream()
                .filter(it -> !existing.contains(it))
                .sorted()
                .forEach(it -> changes.add(Change.delete(Kind.ENDPOINT, it)));
        return changes;
    }

    /// Machines beyond the wanted number. Drivers remove the newest, so those are drained.
    List<Endpoint> excess(int desired) {
        return machines.subList(Math.min(desired, machines.size()), machines.size()).stream()
                .flatMap(it -> Optional.ofNullable(endpoints.get(endpointId(it))).stream())
                .toList();
    }

    /// Takes endpoints out of service.
    static List<Change> drain(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(it -> it.state() != EndpointState.DRAINING)
                .map(it -> Change.put(it.withState(EndpointState.DRAINING)))
                .toList();
    }

    /// Puts endpoints back into service that were drained for a shrinking that is off again.
    List<Change> undrain(Set<String> drained) {
        return endpoints.values().stream()
                .filter(it -> drained.contains(it.id()) && it.state() == EndpointState.DRAINING)
                .map(it -> Change.put(it.withState(EndpointState.STARTING)))
                .toList();
    }

    /// What a probe's verdict means for an endpoint.
    static Optional<Change> verdict(Endpoint endpoint, boolean serves, int failures) {
        var next =
                switch (endpoint.state()) {
                    case STARTING, DOWN -> serves ? EndpointState.READY : endpoint.state();
                    case READY -> failures >= 3 ? EndpointState.DOWN : EndpointState.READY;
                    case DRAINING -> EndpointState.DRAINING;
                };
        return next == endpoint.state()
                ? Optional.empty()
                : Optional.of(Change.put(endpoint.withState(next)));
    }

    private String endpointId(Machine machine) {
        return FleetMachine.endpointId(fleet.name(), machine.id());
    }

    private Endpoint fresh(Machine machine) {
        return new Endpoint(
                endpointId(machine),
                fleet.environment(),
                fleet.modelVersion(),
                machine.url(),
                fleet.settings().getOrDefault(OwnSettings.DIALECT, DEFAULT_DIALECT),
                EndpointState.STARTING,
                fleet.settings().get(OwnSettings.TOKEN_REF),
                machine.nonce());
    }

    private static boolean isSame(Endpoint endpoint, Machine machine) {
        return endpoint.url().equals(machine.url()) && machine.nonce().equals(endpoint.nonce());
    }
}
