package io.spillway.router;

import io.spillway.api.state.RoutingState;
import io.spillway.router.decision.Policy;
import java.time.Duration;
import java.time.Instant;

/// Everything that is in force at one moment.
///
/// @param routing the registry's state
/// @param policy the policy compiled from it
/// @param confirmedAt when the control plane last confirmed that the state is its newest
public record RouterState(RoutingState routing, Policy policy, Instant confirmedAt) {

    /// Whether any state is in force.
    public boolean present() {
        return routing.watermark().seq() > 0;
    }

    /// Time since the confirmation; never negative.
    public Duration age(Instant now) {
        var age = Duration.between(confirmedAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
