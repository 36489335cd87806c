package io.spillway.control.status;

import io.spillway.control.sync.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means that changes reach routers. A capture that another control plane holds is no fault.
@Readiness
@ApplicationScoped
class FeedHealth implements HealthCheck {
    private final Origin origin;

    FeedHealth(Origin origin) {
        this.origin = origin;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("change feed");
        var feed = origin.feed();
        if (feed.isEmpty()) {
            return response.up().withData("state", "off").build();
        }
        var status = feed.get().status();
        var problem = status.problem();
        return response.withData("seq", status.watermark().seq())
                .withData("problem", problem == null ? "" : problem)
                .status(problem == null)
                .build();
    }
}
