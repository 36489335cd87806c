package io.spillway.policy;

import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import java.util.List;
import java.util.Optional;

/// A decision with what a router acts on besides it.
///
/// @param decision the decision
/// @param allowedWithoutEndpoint pools that the policy allows for this request but that have no
///   ready endpoint: the demand that makes a fleet grow from zero
/// @param degradeTo model to decide for instead when there is no room and the decision says degrade
public record Placed(
        Decision decision, List<PoolKey> allowedWithoutEndpoint, Optional<String> degradeTo) {

    public Placed {
        allowedWithoutEndpoint = List.copyOf(allowedWithoutEndpoint);
    }
}
