package io.spillway.policy.verify;

import static io.spillway.policy.verify.Cases.first;
import static io.spillway.policy.verify.Cases.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.verify.Inventory.KeyGrant;
import io.spillway.policy.verify.Proof.InvariantResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvariantTest {
    private static final String STAYS_HOME =
            """
            classification:
              default: internal
              rules:
                - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
            placement:
              - { name: home, when: "dataClass >= confidential", use: [ { zone: private } ] }
              - { name: rest, use: [ { zone: private }, { zone: public } ] }
            invariants:
              - never: "dataClass >= confidential && environment.zone == 'public'"
            """;

    @Test
    void rulesThatSendASensitiveClassHomeAreProofEnough() {
        var proof = verify(STAYS_HOME);

        assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(first(proof).rulesAlone().verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void anEnvironmentThatMayStillAppearBreaksWhatOnlyTodaysClearancesHold() {
        var proof =
                verify(
                        """
                        classification: { default: internal }
                        placement:
                          - { name: all, use: [ { zone: public } ] }
                        invariants:
                          - never: "dataClass >= confidential && environment.zone == 'public'"
                        """);

        assertThat(proof.verdict()).isEqualTo(Verdict.VIOLATED);
        var found = first(proof).withGuard().counterexample();
        assertThat(found.dataClass()).isGreaterThanOrEqualTo(DataClass.CONFIDENTIAL);
        assertThat(found.environment()).isNotIn("onprem", "aws-burst");
    }

    @Test
    void theClearanceOfANamedEnvironmentHoldsAnInvariantUntilItIsRaised() {
        var rules =
                """
                classification: { default: internal }
                placement:
                  - { name: all, use: [ { environment: aws-burst } ] }
                invariants:
                  - never: "dataClass >= confidential && environment.zone == 'public'"
                """;

        var before = verify(rules);
        var after =
                verify(
                        rules,
                        new Inventory(
                                List.of(
                                        Cases.ONPREM,
                                        Cases.environment(
                                                "aws-burst",
                                                Zone.PUBLIC,
                                                DataClass.RESTRICTED,
                                                Set.of("DE"))),
                                Cases.REGISTRY.tenants(),
                                Cases.REGISTRY.models(),
                                Cases.REGISTRY.keys()));

        assertThat(before.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(first(before).rulesAlone().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(before.warnings())
                .extracting(Proof.Warning::kind)
                .contains(Proof.WarningKind.GUARD_ONLY);
        assertThat(after.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(first(after).withGuard().counterexample().environment()).isEqualTo("aws-burst");
    }

    @Test
    void theGrantsOfTenantKeyAndModelHoldAnInvariantAndEachOfThemAlone() {
        var rules =
                """
                classification: { default: internal }
                placement:
                  - { name: all, use: [ { environment: aws-burst } ] }
                invariants:
                  - never: "caller.tenant == 'acme' && environment.name == 'aws-burst'"
                """;
        var all = Cases.REGISTRY;
        var noKey = new Inventory(all.environments(), all.tenants(), all.models(), List.of());
        var otherKey =
                new Inventory(
                        all.environments(),
                        all.tenants(),
                        all.models(),
                        List.of(new KeyGrant("k2", "trust-bank", Set.of("aws-burst"))));

        assertThat(verify(rules).verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(first(verify(rules)).withGuard().counterexample().features().caller().keyId())
                .isEqualTo("k1");
        assertThat(verify(rules, noKey).verdict()).isEqualTo(Verdict.PROVED);
        assertThat(verify(rules, otherKey).verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void aConditionThatCannotBeEvaluatedCountsAsViolated() {
        var proof =
                verify(
                        """
                        classification: { default: internal }
                        placement:
                          - { name: all, use: [ { zone: private } ] }
                        invariants:
                          - never: "caller.attributes.department == 'law' && environment.zone == 'private' && false"
                          - never: "caller.attributes.department == 'law' && environment.zone == 'private'"
                        """);

        assertThat(first(proof).withGuard().verdict()).isEqualTo(Verdict.PROVED);
        assertThat(proof.invariants().get(1).withGuard().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anErrorInAClassificationRuleGivesTheHighestClass() {
        var proof =
                verify(
                        """
                        classification:
                          default: public
                          rules:
                            - { name: law, when: "caller.attributes.department == 'law'", raise: internal }
                        placement:
                          - { name: low, when: "dataClass < restricted && has(caller.team)", use: [ { zone: public } ] }
                          - { name: rest, use: [ { zone: private } ] }
                        invariants:
                          - never: "environment.zone == 'public' && caller.attributes.department in ['law', 'x'] && dataClass < internal && caller.attributes.department != 'x'"
                        """);

        assertThat(first(proof).rulesAlone().verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void aSmallerModelBringsItsOwnGrants() {
        var rules =
                """
                classification: { default: internal }
                placement:
                  - { name: all, use: [ { zone: private }, { environment: aws-burst } ], degradeTo: small-chat }
                invariants:
                  - never: "caller.tenant == 'acme' && model == 'chat' && environment.zone == 'public'"
                """;
        var all = Cases.REGISTRY;
        var chat =
                new io.spillway.api.environment.Model("chat", List.of("v"), Set.of(), Set.of(), 1);
        var small =
                new io.spillway.api.environment.Model(
                        "small-chat", List.of("v"), Set.of(), Set.of(), 1);
        var degrading =
                new Inventory(
                        all.environments(), all.tenants(), List.of(chat, Cases.SMALL), all.keys());
        var neither =
                new Inventory(all.environments(), all.tenants(), List.of(chat, small), all.keys());

        var found = first(verify(rules, degrading)).withGuard();
        assertThat(found.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(found.counterexample().features().servedAs()).isEqualTo("small-chat");
        assertThat(verify(rules, neither).verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void thePredictionBeforeTheFirstEntryIsNeverShort() {
        var proof =
                verify(
                        """
                        classification: { default: internal }
                        placement:
                          - name: all
                            use:
                              - { zone: public, when: "predictedTtft < duration('1s')" }
                              - { zone: private }
                        invariants:
                          - never: "environment.zone == 'public'"
                        """);

        assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void aShortPredictionNeedsAnEarlierPlaceThatMayServe() {
        var proof =
                verify(
                        """
                        classification: { default: internal }
                        placement:
                          - name: all
                            use:
                              - { zone: private }
                              - { zone: public, when: "predictedTtft < duration('1s')" }
                        invariants:
                          - never: "environment.zone == 'public'"
                        """);

        assertThat(proof.verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aPolicyThatIsWrongIsViolatedWithARequestThatTheEngineConfirms(
            String mistake, String rules) {
        var proof = verify(rules);

        assertThat(proof.verdict()).as(mistake).isEqualTo(Verdict.VIOLATED);
        assertThat(proof.invariants().stream().filter(it -> !it.builtIn()))
                .allSatisfy(it -> {
                    assertThat(it.withGuard().verdict()).isEqualTo(Verdict.VIOLATED);
                    assertThat(it.withGuard().counterexample()).isNotNull();
                });
    }

    static Stream<Arguments> wrong() {
        var sensitive = "dataClass >= confidential && environment.zone == 'public'";
        return Stream.of(
                wrong(
                        "off by one class",
                        "- { name: home, when: \"dataClass > confidential\", use: [ { zone: private"
                                + " } ] }\n"
                                + "  - { name: rest, use: [ { zone: public } ] }",
                        sensitive),
                wrong(
                        "or in place of and",
                        "- { name: home, when: \"dataClass >= confidential && caller.tenant =="
                                + " 'acme'\", use: [ { zone: private } ] }\n"
                                + "  - { name: rest, use: [ { zone: public } ] }",
                        sensitive),
                wrong(
                        "the exception comes first",
                        "- { name: vip, when: \"caller.attributes.vip\", use: [ { zone: public } ]"
                                + " }\n"
                                + "  - { name: home, when: \"dataClass >= confidential\", use: [ {"
                                + " zone: private } ] }",
                        sensitive),
                wrong(
                        "what was found is not the class",
                        "- { name: home, when: \"size(findings) > 0\", use: [ { zone: private } ]"
                                + " }\n"
                                + "  - { name: rest, use: [ { zone: public } ] }",
                        sensitive),
                wrong(
                        "a prefix that a customer can take too",
                        "- { name: bank, when: \"caller.tenant == 'trust-bank'\", use: [ { zone:"
                                + " private } ] }\n"
                                + "  - { name: rest, use: [ { zone: public } ] }",
                        "caller.tenant.startsWith('trust-') && environment.zone == 'public'"),
                wrong(
                        "a provider nobody thought of",
                        "- { name: all, use: [ { zone: public, when: \"environment.provider !="
                                + " 'aws'\" } ] }",
                        "environment.provider == 'hosted'"),
                wrong(
                        "part of a jurisdiction",
                        "- { name: all, use: [ { zone: public, when: \"environment.jurisdiction in"
                                + " ['DE', 'FR']\" } ] }",
                        "!(environment.jurisdiction in ['DE'])"),
                wrong(
                        "roles and numbers",
                        "- { name: a, when: \"'admin' in caller.roles ||"
                            + " (has(caller.attributes.level) && caller.attributes.level >= 3)\","
                            + " use: [ { zone: public } ] }\n"
                            + "  - { name: b, use: [ { zone: private } ] }",
                        "environment.zone == 'public' && !('admin' in caller.roles) &&"
                                + " caller.tenant != caller.attributes.department"),
                wrong(
                        "counted findings",
                        "- { name: a, when: \"size(findings.filter(f, f.type == 'email' &&"
                            + " f.confidence > 0.9)) > 2\", use: [ { zone: private } ] }\n"
                            + "  - { name: b, when: \"findings.exists(f, f.type == 'email')\", use:"
                            + " [ { zone: public } ] }\n"
                            + "  - { name: c, use: [ { zone: private } ] }",
                        "environment.zone == 'public'"));
    }

    private static Arguments wrong(String mistake, String placement, String never) {
        return Arguments.of(
                mistake,
                """
                classification: { default: internal }
                placement:
                  %s
                invariants:
                  - never: "%s"
                """
                        .formatted(placement, never));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void leavingOutAPartOfTheGuardTurnsAProofRed(GuardTerms.Part part) {
        var whole = verify(STAYS_HOME);
        var without = Cases.without(STAYS_HOME, part);

        assertThat(whole.invariants())
                .filteredOn(InvariantResult::builtIn)
                .hasSize(4)
                .allSatisfy(it -> assertThat(it.withGuard().verdict()).isEqualTo(Verdict.PROVED));
        assertThat(without.verdict()).isNotEqualTo(Verdict.PROVED);
    }

    static GuardTerms.Part[] parts() {
        return GuardTerms.Part.values();
    }
}
