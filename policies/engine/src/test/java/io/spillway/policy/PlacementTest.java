package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What rules and their entries select.
class PlacementTest extends PlacementSituation {
    @Test
    void candidatesStandInTheOrderOfUse() {
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME, BURST);
        assertThat(
                        candidates(
                                decide(
                                        "placement: [ { name: a, use: [ { zone: public }, { zone:"
                                                + " private } ] } ]")))
                .containsExactly(BURST, HOME);
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndNoLaterOneIsAsked() {
        var decision =
                decide(
                        """
                        placement:
                          - { name: other, when: "model == 'small-chat'", use: [ { zone: public } ] }
                          - { name: first, use: [ { zone: private } ] }
                          - { name: second, use: [ { zone: public } ] }
                        """);

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(decision.explanation().rule()).isEqualTo("first");
        assertThat(explanation(decision))
                .contains("rule other", "does not match: model == 'small-chat'")
                .doesNotContain("rule second");
    }

    @Test
    void withoutAMatchingRuleTheAnswerIsNo() {
        var decision =
                decide(
                        "placement: [ { name: a, when: \"model == 'small-chat'\", use: [ { zone:"
                                + " private } ] } ]");

        assertThat(decision).isInstanceOf(Decision.Deny.class);
        assertThat(explanation(decision)).contains("no placement rule matches");
    }

    @Test
    void aRuleThatCannotBeEvaluatedDenies() {
        var decision =
                decide(
                        """
                        placement:
                          - { name: law, when: "caller.attributes.department == 'law'", use: [ { zone: public } ] }
                          - { name: rest, use: [ { zone: private } ] }
                        """);

        assertThat(decision).isInstanceOf(Decision.Deny.class);
        assertThat(explanation(decision)).contains("rule law has no answer");
    }

    @Test
    void anEntryThatCannotBeEvaluatedDropsItsPools() {
        var decision =
                decide(
                        """
                        placement:
                          - { name: a, use: [ { zone: private }, { zone: public, when: "caller.attributes.department == 'law'" } ] }
                        """);

        assertThat(candidates(decision)).containsExactly(HOME);
    }

    @Test
    void anErrorOnOneSideOfOrIsAbsorbedByATrueOther() {
        var decision =
                decide(
                        "placement: [ { name: a, when: \"caller.attributes.department == 'law' ||"
                                + " model == 'chat'\", use: [ { zone: private } ] } ]");

        assertThat(candidates(decision)).containsExactly(HOME);
    }

    @Test
    void anEntryComesIntoPlayWhenTheOnesBeforeItAreTooSlow() {
        var policy =
                "placement: [ { name: a, use: [ { zone: private }, { environment: aws-burst, when:"
                        + " \"predictedTtft > duration('1500ms')\" } ] } ]";

        pools.put(HOME, ready(HOME, 1500));
        assertThat(candidates(decide(policy))).containsExactly(HOME);

        pools.put(HOME, ready(HOME, 1501));
        assertThat(candidates(decide(policy))).containsExactly(HOME, BURST);
    }

    @Test
    void anUnknownPredictionCountsAsInfinite() {
        pools.put(HOME, new PoolFacts(HOME, 1, 1, OptionalLong.empty()));

        assertThat(
                        candidates(
                                decide(
                                        "placement: [ { name: a, use: [ { zone: private }, {"
                                                + " environment: aws-burst, when: \"predictedTtft >"
                                                + " duration('24h')\" } ] } ]")))
                .containsExactly(HOME, BURST);
    }

    @Test
    void thePredictionOfAPoolThatMayNotServeDoesNotCount() {
        environments.put("onprem", Policies.environment("onprem", Zone.PRIVATE, DataClass.PUBLIC));

        assertThat(
                        candidates(
                                decide(
                                        "placement: [ { name: a, use: [ { zone: private }, {"
                                                + " environment: aws-burst, when: \"predictedTtft >"
                                                + " duration('1s')\" } ] } ]")))
                .containsExactly(BURST);
    }

    @Test
    void aPoolDearerThanTheEntryAllowsIsDropped() {
        var policy =
                "placement: [ { name: a, use: [ { zone: private }, { environment: aws-burst,"
                        + " maxMicrosPer1kTokens: 1000 } ] } ]";
        assertThat(candidates(decide(policy))).containsExactly(HOME, BURST);

        prices.put(BURST, priced(BURST, 1001));
        var decision = decide(policy);

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(explanation(decision))
                .contains("1001 micro-units per 1,000 tokens is more than 1000");
    }

    @Test
    void aPoolWithoutAPriceIsDroppedWhereAPriceIsAsked() {
        prices.remove(BURST);

        assertThat(
                        candidates(
                                decide(
                                        "placement: [ { name: a, use: [ { zone: private }, {"
                                            + " environment: aws-burst, maxMicrosPer1kTokens: 1000"
                                            + " } ] } ]")))
                .containsExactly(HOME);
    }

    @Test
    void aPoolWithoutAReadyEndpointIsNoCandidateButIsToldApart() {
        pools.remove(BURST);

        var placed = place(PRIVATE_THEN_BURST);

        assertThat(candidates(placed.decision())).containsExactly(HOME);
        assertThat(placed.allowedWithoutEndpoint()).containsExactly(BURST);
        assertThat(explanation(placed.decision())).contains("it has no ready endpoint");
    }

    @Test
    void withNoReadyEndpointTheRequestWaitsUnlessTheRuleSaysOtherwise() {
        pools.clear();
        var use = "use: [ { zone: private } ]";

        assertThat(decide("placement: [ { name: a, %s } ]".formatted(use)))
                .isInstanceOfSatisfying(
                        Decision.Queue.class, it -> assertThat(it.pools()).containsExactly(HOME));
        assertThat(decide("placement: [ { name: a, %s, whenFull: shed } ]".formatted(use)))
                .isInstanceOf(Decision.Shed.class);
        assertThat(decide("placement: [ { name: a, %s, degradeTo: small-chat } ]".formatted(use)))
                .isInstanceOfSatisfying(
                        Decision.Degrade.class,
                        it -> assertThat(it.model()).isEqualTo("small-chat"));
    }

    @Test
    void aRequestThatWasDegradedAlreadyWaits() {
        pools.clear();
        model = "small-chat";

        assertThat(
                        decide(
                                "placement: [ { name: a, use: [ { zone: private } ], degradeTo:"
                                        + " small-chat } ]"))
                .isInstanceOf(Decision.Queue.class);
    }

    @Test
    void servingSaysWhatToDoWhenThereIsNoRoom() {
        var placed =
                place(
                        "placement: [ { name: a, use: [ { zone: private } ], degradeTo: small-chat"
                                + " } ]");

        assertThat(placed.decision())
                .isInstanceOfSatisfying(
                        Decision.Serve.class,
                        it -> assertThat(it.whenFull()).isEqualTo(WhenFull.DEGRADE));
        assertThat(placed.degradeTo()).contains("small-chat");
    }

    @Test
    void aJurisdictionTestHoldsOnlyWhenItHoldsForEveryCode() {
        environments.put("aws-burst", burst(Set.of("DE"), Set.of("US")));
        jurisdictions = Set.of("DE", "US");
        var use =
                "placement: [ { name: a, use: [ { zone: private }, { zone: public, when: \"%s\" } ]"
                        + " } ]";

        assertThat(candidates(decide(use.formatted("environment.jurisdiction in ['DE', 'US']"))))
                .containsExactly(HOME, BURST);
        assertThat(candidates(decide(use.formatted("environment.jurisdiction in ['DE']"))))
                .containsExactly(HOME);
        assertThat(candidates(decide(use.formatted("!(environment.jurisdiction in ['DE'])"))))
                .as("partly inside is neither inside nor outside")
                .containsExactly(HOME);
        assertThat(candidates(decide(use.formatted("environment.jurisdiction != 'CN'"))))
                .containsExactly(HOME, BURST);
    }

    @Test
    void anExceptionInTheMiddleDeniesAndDoesNotQuoteIt() {
        var policy = Policies.compiled(PolicyCompilerTest.ACME);

        var decision =
                policy.decide(
                        null,
                        new Classification(DataClass.PUBLIC, Set.of(), List.of(), List.of()),
                        null);

        assertThat(decision).isInstanceOf(Decision.Deny.class);
    }
}
