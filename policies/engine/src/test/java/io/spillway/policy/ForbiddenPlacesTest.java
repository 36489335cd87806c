package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Decision;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What keeps a request from a place that a rule selects.
class ForbiddenPlacesTest extends PlacementSituation {
    @Test
    void withoutAGrantThereIsNoPublicCandidate() {
        maySpill = Set.of();

        var decision = decide(PRIVATE_THEN_BURST);

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(explanation(decision)).contains("pool aws-burst/v1", "removed by grants");
    }

    @Test
    void aClassAboveTheClearanceNeverReachesAnEnvironment() {
        dataClass = DataClass.CONFIDENTIAL;

        var decision = decide(PRIVATE_THEN_BURST);

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(explanation(decision))
                .contains("aws-burst may see internal, the request is confidential");
    }

    @Test
    void aPrivateEnvironmentHasAClearanceToo() {
        environments.put(
                "onprem", Policies.environment("onprem", Zone.PRIVATE, DataClass.INTERNAL));
        dataClass = DataClass.RESTRICTED;

        assertThat(decide(PRIVATE_THEN_BURST)).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void aCallerWithoutJurisdictionsStaysPrivate() {
        jurisdictions = Set.of();

        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);
    }

    @Test
    void dataLocationsAndOperatorMustBothLieInsideTheCallersJurisdictions() {
        environments.put("aws-burst", burst(Set.of("DE"), Set.of("US")));
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);

        environments.put("aws-burst", burst(Set.of("US"), Set.of("DE")));
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);

        jurisdictions = Set.of("DE", "US");
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME, BURST);
    }

    @Test
    void aPublicEnvironmentThatDoesNotStateItsJurisdictionsGetsNothing() {
        environments.put("aws-burst", burst(Set.of("DE"), Set.of()));

        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);
    }

    @Test
    void contentThatWasNotScannedStaysPrivateUnlessTheModelsGrantNamesEveryKindOfIt() {
        unscanned = Set.of("image", "audio");
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);

        spillableUnscanned = Set.of("image");
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);

        spillableUnscanned = Set.of("image", "audio");
        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME, BURST);
    }

    @Test
    void contentThatOnlyTheRequestCallsUnscannedStaysPrivateToo() {
        unscannedOfTheRequest = Set.of("image");

        assertThat(candidates(decide(PRIVATE_THEN_BURST))).containsExactly(HOME);
    }

    @Test
    void conditionsSeeWhatRequestOrClassificationCallUnscanned() {
        spillableUnscanned = Set.of("image", "audio");
        var rules =
                PRIVATE_THEN_BURST
                        + """

                        invariants:
                          - never: "'image' in unscanned && environment.zone == 'public'"
                        """;
        assertThat(candidates(decide(rules))).containsExactly(HOME, BURST);

        unscanned = Set.of("image");
        assertThat(candidates(decide(rules))).containsExactly(HOME);
        unscannedOfTheRequest = Set.of("audio");
        assertThat(candidates(decide(rules))).containsExactly(HOME);
        unscanned = Set.of("audio");
        assertThat(candidates(decide(rules))).containsExactly(HOME, BURST);
        unscannedOfTheRequest = Set.of("image");
        assertThat(candidates(decide(rules))).containsExactly(HOME);
    }

    @Test
    void anInvariantRemovesWhateverARuleSelects() {
        var decision =
                decide(
                        PRIVATE_THEN_BURST
                                + "\ninvariants: [ { never: \"environment.zone == 'public'\" } ]");

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(explanation(decision))
                .contains("removed by invariant 'never environment.zone == 'public''");
    }

    @Test
    void anInvariantThatCannotBeEvaluatedCountsAsViolated() {
        var decision =
                decide(
                        PRIVATE_THEN_BURST
                                + "\n"
                                + "invariants: [ { never: \"environment.zone == 'public' &&"
                                + " caller.attributes.department == 'law'\" } ]");

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(explanation(decision)).contains("cannot be evaluated");
    }

    @Test
    void whenNothingIsAllowedTheAnswerIsNoAndTheNextRuleIsNotAsked() {
        maySpill = Set.of();

        var decision =
                decide(
                        """
                        placement:
                          - { name: out, use: [ { zone: public } ] }
                          - { name: home, use: [ { zone: private } ] }
                        """);

        assertThat(decision).isInstanceOf(Decision.Deny.class);
        assertThat(decision.explanation().rule()).isEqualTo("out");
    }

    @Test
    void anInvariantAgainstAJurisdictionHoldsAlsoWhereOnlyAPartIsThere() {
        environments.put("aws-burst", burst(Set.of("DE"), Set.of("US")));
        jurisdictions = Set.of("DE", "US");

        assertThat(
                        candidates(
                                decide(
                                        PRIVATE_THEN_BURST
                                                + "\n"
                                                + "invariants: [ { never:"
                                                + " \"environment.jurisdiction in ['US']\" } ]")))
                .containsExactly(HOME);
    }
}
