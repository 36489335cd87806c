package io.spillway.router;

import io.spillway.router.forwarding.EgressGuard;
import io.vertx.core.Vertx;

/// Builds a data plane with another guard than its own.
public final class GuardedBy {
    private GuardedBy() {}

    public static DataPlane plane(Vertx vertx, DataPlane.Parts parts, EgressGuard guard) {
        return new DataPlane(vertx, parts, guard);
    }
}
