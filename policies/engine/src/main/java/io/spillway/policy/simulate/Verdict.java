package io.spillway.policy.simulate;

import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a policy decides about a [Case].
///
/// @param dataClass the class it gives
/// @param mayLeaveFor public environments that it allows, at once or after degrading, with or
///   without an endpoint that is ready
/// @param allowed pools that it allows for the model that was decided on
/// @param pool where the request would start at once, null when it would not
/// @param place the same in words: a zone and an environment, or `waits`, `shed` or `denied`
/// @param masks whether masking opened anything
/// @param broken invariants that what it allows would violate
record Verdict(
        DataClass dataClass,
        Set<String> mayLeaveFor,
        List<PoolKey> allowed,
        @Nullable PoolKey pool,
        String place,
        boolean masks,
        List<String> broken) {

    static final String WAITS = "waits";
    static final String SHED = "shed";
    static final String DENIED = "denied";
}
