package io.spillway.policy.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.api.state.Watermark;
import io.spillway.policy.Policies;
import io.spillway.policy.features.EnvironmentTable;
import io.spillway.policy.features.Features;
import io.spillway.policy.features.Features.ModelFacts;
import io.spillway.policy.simulate.Rehearsed.ClassChange;
import io.spillway.policy.simulate.Rehearsed.Cost;
import io.spillway.policy.simulate.Rehearsed.Leaving;
import io.spillway.policy.simulate.Rehearsed.Move;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RehearsalTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Watermark STATE = new Watermark("control-1", 1, 7);
    private static final PoolKey HOME = new PoolKey("onprem", "v1");
    private static final PoolKey AWAY = new PoolKey("aws-burst", "v1");
    private static final String DETECTORS = "d".repeat(64);
    private static final List<Environment> ENVIRONMENTS =
            List.copyOf(Policies.KNOWN.environments().values());
    private static final Finding EMAIL = new Finding("email", "pii", 0.9, 0, 9, "/messages/0");
    private static final Finding DOUBTFUL = new Finding("email", "pii", 0.3, 0, 9, "/messages/0");

    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: p }
            classification:
              default: internal
              rules:
                - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
            placement:
              - name: home
                when: "dataClass >= confidential"
                use: [ { zone: private } ]
              - name: rest
                use: [ { zone: private }, { zone: public, when: "predictedTtft > duration('1s')" } ]
            invariants:
              - never: "dataClass >= confidential && environment.zone == 'public'"
            """;
    private static final String WITHOUT_PII =
            POLICY.replace("f.category == 'pii'", "f.category == 'secret'");

    private static Rehearsal rehearsal(String candidate) {
        var rehearsal = new Rehearsal(Policies.compiled(candidate), DETECTORS, null);
        rehearsal.state(
                new RecordedState(
                        STATE,
                        ENVIRONMENTS,
                        List.of(
                                new Model(
                                        "chat", List.of("v1"), Set.of("aws-burst"), Set.of(), 8192),
                                new Model(
                                        "small-chat",
                                        List.of("s1"),
                                        Set.of("aws-burst"),
                                        Set.of(),
                                        8192)),
                        List.of(
                                pool("onprem", "v1", 0),
                                pool("aws-burst", "v1", 2),
                                pool("aws-burst", "s1", 1)),
                        Map.of(),
                        POLICY));
        return rehearsal;
    }

    private static Pool pool(String environment, String version, long nanos) {
        return new Pool(
                environment,
                version,
                version,
                new Money(nanos, "USD"),
                new Money(2 * nanos, "USD"));
    }

    /// A request that was decided by [#POLICY] with a slow private pool.
    private static RecordedDecision decision(
            DataClass dataClass, List<Finding> findings, DecisionFeatures features) {
        var raised = dataClass == DataClass.CONFIDENTIAL;
        var floor = new Source("default", DataClass.INTERNAL);
        return new RecordedDecision(
                "decision-1",
                NOON,
                "acme",
                "served",
                STATE,
                "digest",
                new Classification(
                        dataClass,
                        Set.of(),
                        findings,
                        raised
                                ? List.of(floor, new Source("rule:pii", DataClass.CONFIDENTIAL))
                                : List.of(floor)),
                features,
                100L,
                10L);
    }

    private static DecisionFeatures features(PoolKey... allowed) {
        return new DecisionFeatures(
                request(),
                0,
                Set.of("aws-burst"),
                null,
                List.of(
                        new PoolFacts(HOME, 1, 0, OptionalLong.of(5_000)),
                        new PoolFacts(AWAY, 1, 4, OptionalLong.of(100))),
                List.of(allowed),
                NOON,
                DETECTORS,
                EnvironmentTable.digest(ENVIRONMENTS));
    }

    private static RequestFacts request() {
        return new RequestFacts(
                Operation.CHAT,
                "chat",
                new Caller("acme", null, "k", Set.of(), Map.of(), Set.of("DE"), false),
                false,
                null,
                Set.of(),
                400,
                100,
                50);
    }

    private static final RecordedDecision WITH_EMAIL =
            decision(DataClass.CONFIDENTIAL, List.of(EMAIL), features(HOME));
    private static final RecordedDecision PLAIN =
            decision(DataClass.INTERNAL, List.of(), features(HOME, AWAY));

    private static Rehearsed rehearsed(String candidate, RecordedDecision... decisions) {
        var rehearsal = rehearsal(candidate);
        Stream.of(decisions).forEach(rehearsal::decision);
        return rehearsal.result();
    }

    @Test
    void theSamePolicyChangesNothing() {
        var result = rehearsed(POLICY, WITH_EMAIL, PLAIN);

        assertThat(result.requests()).isEqualTo(2);
        assertThat(result.newlyLeaving()).isZero();
        assertThat(result.undecidable()).isEmpty();
        assertThat(result.moves()).isEmpty();
        assertThat(result.broken()).isEmpty();
        assertThat(result.money()).containsExactly(new Cost("USD", 240, 240));
    }

    /// The e-mail no longer raises: one request leaves, at 100 * 2 + 10 * 4 nano-units.
    @Test
    void whatNewlyLeavesIsCountedWithWhereAndMoney() {
        var result = rehearsed(WITHOUT_PII, WITH_EMAIL, PLAIN);

        assertThat(result.newlyLeaving()).isEqualTo(1);
        assertThat(result.leaving())
                .containsExactly(
                        new Leaving("acme", DataClass.INTERNAL, "aws-burst", 1, "decision-1"));
        assertThat(result.moves())
                .containsExactly(
                        new Move("acme", DataClass.INTERNAL, "waits", "public/aws-burst", 1));
        assertThat(result.classChanges())
                .containsExactly(new ClassChange(DataClass.CONFIDENTIAL, DataClass.INTERNAL, 1));
        assertThat(result.money()).containsExactly(new Cost("USD", 240, 480));
    }

    @Test
    void aStricterPolicyLetsLessLeaveAndDeniesMore() {
        var strict = POLICY.replace("default: internal", "default: confidential");
        var stricter = strict.replace("use: [ { zone: private } ]", "use: [ { zone: public } ]");

        assertThat(rehearsed(strict, PLAIN).noLongerLeaving()).isEqualTo(1);
        assertThat(rehearsed(stricter, PLAIN).newlyDenied()).isEqualTo(1);
        assertThat(rehearsed(stricter, PLAIN).newlyLeaving()).isZero();
    }

    /// The candidate dropped the promise that the policy of then made; clearance would allow it.
    @Test
    void promisesOfThePolicyOfThenAreLookedAfter() {
        var promise = "environment.zone == 'public' && caller.tenant == 'acme'";
        var before =
                POLICY.replace(
                        "dataClass >= confidential && environment.zone == 'public'", promise);
        var rehearsal = new Rehearsal(Policies.compiled(POLICY), DETECTORS, null);
        rehearsal.state(
                new RecordedState(
                        STATE,
                        ENVIRONMENTS,
                        List.of(new Model("chat", List.of("v1"), Set.of("aws-burst"), Set.of(), 9)),
                        List.of(pool("onprem", "v1", 0), pool("aws-burst", "v1", 2)),
                        Map.of(),
                        before));

        rehearsal.decision(decision(DataClass.INTERNAL, List.of(), features(HOME)));

        assertThat(rehearsal.result().broken()).containsOnlyKeys(promise);
        assertThat(rehearsal.result().newlyLeaving()).isEqualTo(1);
    }

    /// The requested model stays home. Degrading to the small one opens its public pool, although
    /// the live facts of that pool were never recorded.
    @Test
    void whatMayLeaveAfterDegradingCounts() {
        var degrading =
                POLICY.replace(
                        "duration('1s')\" } ]", "duration('1s')\" } ]\n    degradeTo: small-chat");
        var fast =
                new DecisionFeatures(
                        request(),
                        0,
                        Set.of("aws-burst"),
                        null,
                        List.of(new PoolFacts(HOME, 1, 0, OptionalLong.of(100))),
                        List.of(HOME),
                        NOON,
                        DETECTORS,
                        EnvironmentTable.digest(ENVIRONMENTS));

        var result = rehearsed(degrading, decision(DataClass.INTERNAL, List.of(), fast));

        assertThat(result.undecidable()).isEmpty();
        assertThat(result.leaving()).extracting(Leaving::environment).containsExactly("aws-burst");
    }

    static Stream<Arguments> undecidables() {
        var plain = features(HOME, AWAY);
        return Stream.of(
                Arguments.of(
                        Undecidable.NOT_RECORDED, decision(DataClass.INTERNAL, List.of(), null)),
                Arguments.of(
                        Undecidable.FINDINGS_LEFT_OUT,
                        plainWith(plain, 1, DETECTORS, plain.environments())),
                Arguments.of(
                        Undecidable.OTHER_DETECTORS,
                        plainWith(plain, 0, "e".repeat(64), plain.environments())),
                Arguments.of(
                        Undecidable.OTHER_ENVIRONMENTS,
                        plainWith(plain, 0, DETECTORS, "f".repeat(64))),
                Arguments.of(
                        Undecidable.NOT_REPRODUCED,
                        decision(DataClass.INTERNAL, List.of(), features(AWAY))),
                Arguments.of(
                        Undecidable.NOT_REPRODUCED,
                        decision(DataClass.CONFIDENTIAL, List.of(DOUBTFUL), features(HOME))),
                Arguments.of(
                        Undecidable.CLASSIFICATION_FAILED,
                        new RecordedDecision(
                                "failed",
                                NOON,
                                "acme",
                                "denied",
                                STATE,
                                "digest",
                                new Classification(
                                        DataClass.RESTRICTED,
                                        Set.of(),
                                        List.of(),
                                        List.of(new Source("error", DataClass.RESTRICTED))),
                                features(HOME),
                                null,
                                null)));
    }

    private static RecordedDecision plainWith(
            DecisionFeatures it, int omitted, String detectors, String environments) {
        return decision(
                DataClass.INTERNAL,
                List.of(),
                new DecisionFeatures(
                        it.request(),
                        omitted,
                        it.grants(),
                        it.servedAs(),
                        it.pools(),
                        it.allowed(),
                        it.decidedAt(),
                        detectors,
                        environments));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("undecidables")
    void whatCannotBeDecidedAgainCountsAsNewlyLeaving(Undecidable why, RecordedDecision decision) {
        var result = rehearsed(POLICY, decision);

        assertThat(result.undecidable()).isEqualTo(Map.of(why, 1L));
        assertThat(result.newlyLeaving()).isEqualTo(1);
    }

    @Test
    void findingsUnderTheThresholdAreThereForACandidateAndRaiseNothing() {
        var doubtful = decision(DataClass.INTERNAL, List.of(DOUBTFUL), features(HOME, AWAY));

        assertThat(rehearsed(POLICY, doubtful).undecidable()).isEmpty();
        assertThat(rehearsed(POLICY, doubtful).classChanges()).isEmpty();
    }

    @Test
    void aTraceIsComparedWithTheGivenPolicyElseWithNothingLeaving() {
        var features =
                new Features(
                        request(),
                        List.of(EMAIL),
                        List.of(),
                        ENVIRONMENTS,
                        Map.of(
                                "chat",
                                new ModelFacts(List.of("v1"), Set.of("aws-burst"), Set.of())),
                        null,
                        List.of(new PoolFacts(AWAY, 1, 1, OptionalLong.of(10))),
                        List.of(),
                        NOON);
        var alone = new Rehearsal(Policies.compiled(WITHOUT_PII), DETECTORS, null);
        alone.trace("line 1", features);
        var against =
                new Rehearsal(
                        Policies.compiled(WITHOUT_PII), DETECTORS, Policies.compiled(WITHOUT_PII));
        against.trace("line 1", features);

        assertThat(alone.result().newlyLeaving()).isEqualTo(1);
        assertThat(against.result().newlyLeaving()).isZero();
    }
}
