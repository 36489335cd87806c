package io.spillway.api.state;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.RequestFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one decision read besides the registry's state, so that it can be made again under another
/// policy. With the classification's findings and sources and the state of the decision's watermark
/// it is all there is. Data of class confidential; never text of a caller.
///
/// @param request the request and its caller
/// @param findingsOmitted findings that were too many to be recorded; 0 means that all are there
/// @param grants public environments that both tenant and key may leave for; empty when the state
///   was too old for anything to leave
/// @param servedAs the smaller model it was degraded to, null for the requested one
/// @param pools live facts of the pools that were looked at
/// @param allowed pools that the policy allowed, in order: first those with a ready endpoint
/// @param decidedAt when it was decided for the last time
/// @param detectors digest of the detectors that gave the findings, empty when nothing was scanned
/// @param environments digest of the environments that were known
public record DecisionFeatures(
        RequestFacts request,
        int findingsOmitted,
        Set<String> grants,
        @Nullable String servedAs,
        List<PoolFacts> pools,
        List<PoolKey> allowed,
        Instant decidedAt,
        String detectors,
        String environments) {

    public DecisionFeatures {
        grants = Set.copyOf(grants);
        pools = List.copyOf(pools);
        allowed = List.copyOf(allowed);
    }
}
