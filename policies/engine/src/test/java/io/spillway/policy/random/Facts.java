package io.spillway.policy.random;

import io.spillway.api.environment.Environment;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import java.time.Instant;
import java.util.List;

/// What a random condition is evaluated on; null means not known in that place.
///
/// @param ttftMillis best prediction so far, null for unknown
/// @param now time of the decision
public record Facts(
        RequestFacts request,
        List<Finding> findings,
        DataClass dataClass,
        Environment environment,
        Long ttftMillis,
        Instant now,
        Finding finding) {

    /// As an invariant sees what masking leaves.
    Facts of(Classification masked) {
        return new Facts(
                request, findings, masked.dataClass(), environment, ttftMillis, now, finding);
    }

    Facts with(Finding one) {
        return new Facts(request, findings, dataClass, environment, ttftMillis, now, one);
    }
}
