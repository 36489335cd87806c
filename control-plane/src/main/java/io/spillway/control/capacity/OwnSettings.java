package io.spillway.control.capacity;

import io.spillway.api.environment.Fleet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Settings of a fleet that are for the capacity loop and not for its driver, which refuses what it
/// does not know.
final class OwnSettings {
    /// Wire format of the machines' servers; `vllm` when absent.
    static final String DIALECT = "dialect";

    /// Where the servers' bearer token is; none when absent.
    static final String TOKEN_REF = "tokenRef";

    /// How long a request may hold a machine that is to go; 120 when absent.
    static final String DRAIN_SECONDS = "drainSeconds";

    private static final Set<String> ALL =
            Set.of(DIALECT, TOKEN_REF, DRAIN_SECONDS, "requestsPerMachine", "upstreamModel");

    private OwnSettings() {}

    /// The fleet as its driver is to see it.
    static Fleet withoutThem(Fleet fleet) {
        return new Fleet(
                fleet.name(),
                fleet.environment(),
                fleet.modelVersion(),
                fleet.driver(),
                fleet.minimum(),
                fleet.maximum(),
                fleet.scaleUpTtftMillis(),
                fleet.idleSeconds(),
                fleet.settings().entrySet().stream()
                        .filter(it -> !ALL.contains(it.getKey()))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, Map.Entry::getValue)));
    }
}
