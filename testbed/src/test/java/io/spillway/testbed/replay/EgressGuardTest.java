package io.spillway.testbed.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.router.forwarding.EgressGuard;
import io.spillway.router.forwarding.RemovedGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether a replay would tell that the egress guard is gone, and stays green only thanks to it.
class EgressGuardTest {
    private static final int EACH = 12;

    @ParameterizedTest(name = "with the guard: {0}")
    @ValueSource(booleans = {true, false})
    void theGuardAloneKeepsSensitiveRequestsHomeAndWithoutItTheReplayIsRed(boolean guarded)
            throws Exception {
        var guard = guarded ? EgressGuard.of(Duration.ofMinutes(15)) : new RemovedGuard();
        try (var site = new LeakySite(guard)) {
            var report = replay(site);

            assertThat(report.failures()).isEmpty();
            assertThat(report.spilled()).as("benign requests went out").isEqualTo(EACH);
            if (guarded) {
                assertThat(report.sensitiveAtPublic()).isZero();
                assertThat(report.violations()).isEmpty();
                assertThat(report.exitStatus()).isZero();
                assertThat(site.refusals()).isEqualTo(2.0 * EACH);
            } else {
                assertThat(report.sensitiveAtPublic()).isEqualTo(2 * EACH);
                assertThat(report.violations())
                        .containsExactly(
                                "%d sensitive requests reached a public server; must be 0"
                                        .formatted(2 * EACH));
                assertThat(ReportTable.of(report)).contains("MUST HOLD, DOES NOT");
                assertThat(report.exitStatus()).isEqualTo(1);
            }
        }
    }

    private static ReplayReport replay(LeakySite site) throws Exception {
        var plan = plan();
        var prompts = Prompts.builtIn();
        var random = new Random(3);
        var outcomes = new ArrayList<Outcome>();
        try (var client =
                new LoadClient(
                        site.router(),
                        "chat",
                        LeakySite::secret,
                        it -> prompts.make(it.label(), it.canary(), it.contextTokens(), random))) {
            client.run(plan.requests(), outcomes::add);
        }
        var records = new Records(Map.of(), Map.of(), "USD");
        return ReplayReport.of(plan, outcomes, records, site.publicCanaries());
    }

    private static Plan plan() {
        var requests = new ArrayList<Plan.Request>();
        for (int i = 0; i < EACH; i++) {
            for (var label : Label.values()) {
                var canary = "canary-%s%015d".formatted("bts".charAt(label.ordinal()), i);
                requests.add(new Plan.Request(0.02 * i, label, canary, 200, 3));
            }
        }
        return new Plan("test", 1, List.of(1), 1, 1, 1, 1, requests);
    }
}
