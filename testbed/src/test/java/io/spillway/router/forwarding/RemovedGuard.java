package io.spillway.router.forwarding;

import io.spillway.api.state.RoutingState;
import java.time.Duration;

/// What would be there without the egress guard: a permit for everything.
public final class RemovedGuard extends EgressGuard {
    public RemovedGuard() {
        super(Duration.ZERO);
    }

    @Override
    public EgressVerdict judge(
            Egress egress, RoutingState state, Duration stateAge, long nowNanos) {
        return new EgressVerdict.Permitted(
                new EgressPermit(egress, "nobody asked", null, state.watermark(), nowNanos));
    }
}
