package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final PoolKey HOME = new PoolKey("onprem", "v1");
    private static final PoolKey BURST = new PoolKey("aws-burst", "v1");
    private static final String PRIVATE_THEN_BURST =
            "placement: [ { name: spill, use: [ { zone: private }, { environment: aws-burst } ] }"
                    + " ]";

    private final Map<String, Environment> environments =
            new HashMap<>(Policies.KNOWN.environments());
    private final Map<PoolKey, PoolFacts> pools =
            new HashMap<>(Map.of(HOME, ready(HOME, 100), BURST, ready(BURST, 100)));
    private final Map<PoolKey, Pool> prices =
            new HashMap<>(Map.of(HOME, priced(HOME, 0), BURST, priced(BURST, 1000)));
    private DataClass dataClass = DataClass.INTERNAL;
    private Set<String> maySpill = Set.of("aws-burst");
    private Set<String> spillableUnscanned = Set.of();
    private Set<String> unscanned = Set.of();
    private Set<String> unscannedOfTheRequest = Set.of();
    private Set<String> jurisdictions = Set.of("DE");
    private Map<String, String> attributes = Map.of();
    private String model = "chat";
    private List<Finding> findings = List.of();
    private Map<Set<String>, Classification> masked = Map.of();

    private static PoolFacts ready(PoolKey pool, long ttftMillis) {
        return new PoolFacts(pool, 1, 1, OptionalLong.of(ttftMillis));
    }

    private static Pool priced(PoolKey pool, long nanos) {
        var price = new Money(nanos, "USD");
        return new Pool(pool.environment(), pool.modelVersion(), "model", price, price);
    }

    private Placed place(String sections) {
        var policy =
                Policies.compiled(
                        """
                        apiVersion: spillway/v1
                        kind: PolicySet
                        metadata: { name: test }
                        attributes: { department: { type: string } }
                        classification: { default: internal }
                        """
                                + sections);
        var caller = new Caller("acme", null, "key", Set.of(), attributes, jurisdictions, false);
        var facts =
                new RequestFacts(
                        Operation.CHAT,
                        model,
                        caller,
                        false,
                        null,
                        unscannedOfTheRequest,
                        10,
                        3,
                        null);
        return policy.place(
                facts,
                new Classification(dataClass, unscanned, findings, List.of()),
                new PlacementFacts(
                        pools,
                        prices,
                        environments,
                        List.of("v1"),
                        maySpill,
                        spillableUnscanned,
                        Instant.EPOCH,
                        masked));
    }

    private Decision decide(String sections) {
        return place(sections).decision();
    }

    private static List<PoolKey> candidates(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Serve.class);
        return ((Decision.Serve) decision).candidates().stream().map(Candidate::pool).toList();
    }

    private static String explanation(Decision decision) {
        return decision.explanation().steps().toString();
    }

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

    private static Environment burst(Set<String> locations, Set<String> operator) {
        return new Environment(
                "aws-burst",
                Zone.PUBLIC,
                "aws",
                "r",
                locations,
                operator,
                DataClass.INTERNAL,
                List.of(),
                null);
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
