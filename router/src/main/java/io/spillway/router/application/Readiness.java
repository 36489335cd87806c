package io.spillway.router.application;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Ready means: there is a state to serve from and the router is not stopping. It says nothing of
/// the control plane, without which a router serves as well.
@org.eclipse.microprofile.health.Readiness
@Singleton
final class Readiness implements HealthCheck {
    private final RouterRuntime runtime;

    Readiness(RouterRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("routing-state").status(runtime.ready()).build();
    }
}
