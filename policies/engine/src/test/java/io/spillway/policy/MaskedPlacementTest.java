package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where a request may run that can be masked.
class MaskedPlacementTest extends PlacementSituation {
    private static final String MASKED_BURST =
            """
            placement:
              - name: spill
                use: [ { zone: private }, { environment: aws-burst, mask: [email, phone] } ]
            invariants: [ { never: "dataClass >= confidential && environment.zone == 'public'" } ]
            """;

    private static Finding finding(String type, double confidence, boolean literal) {
        return new Finding(type, "pii", confidence, 0, 5, "/messages/0/content", literal);
    }

    private static Classification classified(DataClass dataClass, Finding... findings) {
        return new Classification(dataClass, Set.of(), List.of(findings), List.of());
    }

    @Test
    void aPublicPoolOfAMaskingEntryIsJudgedByTheClassOfTheMaskedRequest() {
        dataClass = DataClass.CONFIDENTIAL;
        findings = List.of(finding("email", 1.0, true));
        masked = Map.of(Set.of("email", "phone"), classified(DataClass.INTERNAL));

        var decision = decide(MASKED_BURST);

        assertThat(((Decision.Serve) decision).candidates())
                .extracting(Candidate::pool, Candidate::mask)
                .containsExactly(tuple(HOME, Set.of()), tuple(BURST, Set.of("email", "phone")));
        assertThat(explanation(decision)).contains("as internal with email, phone masked");
    }

    @Test
    void whatMaskingLeavesInTheRequestStillKeepsItHome() {
        dataClass = DataClass.RESTRICTED;
        findings = List.of(finding("email", 1.0, true), finding("iban", 1.0, true));
        masked = Map.of(Set.of("email", "phone"), classified(DataClass.CONFIDENTIAL));

        assertThat(candidates(decide(MASKED_BURST))).containsExactly(HOME);
    }

    @Test
    void aRequestThatCannotBeMaskedDoesNotUseTheEntryEvenWhenItsClassWouldAllowIt() {
        findings = List.of(finding("email", 1.0, true));

        var decision = decide(MASKED_BURST);

        assertThat(candidates(decision)).containsExactly(HOME);
        assertThat(explanation(decision)).contains("cannot be masked");
    }

    @Test
    void withNothingToMaskTheEntryIsLikeAnyOther() {
        assertThat(((Decision.Serve) decide(MASKED_BURST)).candidates())
                .extracting(Candidate::pool, Candidate::mask)
                .containsExactly(tuple(HOME, Set.of()), tuple(BURST, Set.of()));
    }

    @Test
    void aPrivatePlaceOfAMaskingEntryGetsTheRequestAsItIs() {
        findings = List.of(finding("email", 1.0, true));
        masked = Map.of(Set.of("email"), classified(DataClass.PUBLIC));

        assertThat(
                        ((Decision.Serve)
                                        decide(
                                                "placement: [ { name: a, use: [ { environment:"
                                                        + " onprem, mask: [email] } ] } ]"))
                                .candidates())
                .extracting(Candidate::pool, Candidate::mask)
                .containsExactly(tuple(HOME, Set.of()));
    }

    @Test
    void thePredictionOfAPoolThatWouldNeedMaskingAndCannotHaveItDoesNotCount() {
        findings = List.of(finding("email", 1.0, true));

        assertThat(
                        candidates(
                                decide(
                                        """
                                        placement:
                                          - name: a
                                            use:
                                              - { environment: aws-burst, mask: [email] }
                                              - { zone: private, when: "predictedTtft > duration('1s')" }
                                        """)))
                .containsExactly(HOME);
    }

    @Test
    void contentThatTheMaskedFormLeavesUnscannedStaysPrivateToo() {
        findings = List.of(finding("email", 1.0, true));
        masked =
                Map.of(
                        Set.of("email", "phone"),
                        new Classification(
                                DataClass.PUBLIC, Set.of("image"), List.of(), List.of()));

        assertThat(candidates(decide(MASKED_BURST))).containsExactly(HOME);
    }

    @Test
    void encodedAndUncertainFindingsAreNotMaskedAndCountAsTheyAre() {
        dataClass = DataClass.CONFIDENTIAL;
        findings = List.of(finding("email", 1.0, false), finding("phone", 0.3, true));
        masked = Map.of(Set.of("email", "phone"), classified(DataClass.PUBLIC));

        assertThat(candidates(decide(MASKED_BURST))).containsExactly(HOME);
    }

    @Test
    void conditionsSeeTheClassOfTheRequestAsItCameIn() {
        dataClass = DataClass.CONFIDENTIAL;
        findings = List.of(finding("email", 1.0, true));
        masked = Map.of(Set.of("email"), classified(DataClass.INTERNAL));

        assertThat(
                        candidates(
                                decide(
                                        """
                                        placement:
                                          - name: a
                                            use:
                                              - { environment: aws-burst, mask: [email], when: "dataClass <= internal" }
                                              - { zone: private, when: "dataClass == confidential" }
                                        """)))
                .containsExactly(HOME);
    }
}
