package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Caller;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.document.PolicySet.Per;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.router.api.ApiError;
import io.spillway.router.identity.RequestRate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyLimitsTest {
    private static final long MINUTE = 60_000_000_000L;

    private final PolicyLimits limits = new PolicyLimits(new RequestRate());

    private static RequestFacts request(String team, String key, @Nullable Integer maxTokens) {
        return new RequestFacts(
                Operation.CHAT,
                "chat",
                new Caller("acme", team, key, Set.of(), Map.of(), Set.of(), false),
                false,
                null,
                Set.of(),
                4_000,
                1_000,
                maxTokens);
    }

    private static LimitRule perMinute(Per per, int most) {
        return new LimitRule("few", null, per, most, null, null);
    }

    private @Nullable ApiError ask(LimitRule limit, RequestFacts facts, long nanos) {
        return limits.objection(List.of(limit), facts, nanos);
    }

    @Test
    void theRequestsOfAMinuteAreSharedByTheTenantTheTeamOrTheKey() {
        var first = request("red", "k1", null);
        assertThat(ask(perMinute(Per.TENANT, 1), first, 0)).isNull();
        assertThat(ask(perMinute(Per.TEAM, 1), first, 0)).isNull();
        assertThat(ask(perMinute(Per.KEY, 1), first, 0)).isNull();

        var otherKey = request("red", "k2", null);
        var otherTeam = request("blue", "k3", null);

        assertThat(ask(perMinute(Per.TENANT, 1), otherTeam, 0))
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo("rate_limited");
                    assertThat(it.retryAfterSeconds()).isEqualTo(60L);
                });
        assertThat(ask(perMinute(Per.KEY, 1), otherKey, 0)).isNull();
    }

    @Test
    void aTeamHasAMinuteOfItsOwnAndAMinuteLaterThereIsRoomAgain() {
        var limit = new LimitRule("teams", null, Per.TEAM, 1, null, null);
        assertThat(ask(limit, request("red", "k1", null), 0)).isNull();

        assertThat(ask(limit, request("blue", "k1", null), 0)).isNull();
        assertThat(ask(limit, request("red", "k2", null), 0)).isNotNull();
        assertThat(ask(limit, request("red", "k2", null), MINUTE)).isNull();
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedAndCountsForNothing() {
        var limit = new LimitRule("small", null, Per.KEY, 1, 999, null);
        var roomy = new LimitRule("small", null, Per.KEY, 1, 1_000, null);

        assertThat(ask(limit, request("red", "k", null), 0))
                .satisfies(it -> assertThat(it.status()).isEqualTo(400));
        assertThat(ask(roomy, request("red", "k", null), 0)).isNull();
    }

    @Test
    void aRequestMustAskForNoMoreOutputThanAllowed() {
        var limit = new LimitRule("short", null, Per.TENANT, null, null, 500);

        assertThat(ask(limit, request("red", "k", 500), 0)).isNull();
        assertThat(ask(limit, request("red", "k", 501), 0))
                .satisfies(it -> assertThat(it.param()).isEqualTo("max_tokens"));
        assertThat(ask(limit, request("red", "k", null), 0)).isNotNull();
    }
}
