package io.spillway.control.registry;

import java.util.Optional;

/// How the endpoint of a fleet's machine is called: `FLEET:MACHINE`. The colon is reserved for
/// that, so an endpoint's id tells who looks after it.
public final class FleetMachine {
    private static final char SEPARATOR = ':';

    private FleetMachine() {}

    /// Id of the endpoint of a fleet's machine.
    public static String endpointId(String fleet, String machine) {
        return fleet + SEPARATOR + machine;
    }

    /// The fleet that made an endpoint, empty when an operator registered it.
    public static Optional<String> fleetOf(String endpointId) {
        var at = endpointId.lastIndexOf(SEPARATOR);
        return at < 0 ? Optional.empty() : Optional.of(endpointId.substring(0, at));
    }
}
