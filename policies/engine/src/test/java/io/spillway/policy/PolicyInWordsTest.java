package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.policy.diff.PolicyDiff;
import io.spillway.policy.explain.Why;
import org.junit.jupiter.api.Test;

/// What is told about a policy: why it decides, what a change does, what its tests leave out.
class PolicyInWordsTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: words }
            classification:
              default: internal
              rules:
                - { name: pii, when: "findings.exists(f, f.category == 'pii' && f.confidence > 0.6)", raise: confidential }
                - { name: lab, when: "caller.tenant == 'lab' || caller.tenant == 'works'", raise: restricted }
            placement:
              - { name: sensitive, when: "dataClass >= confidential", use: [ { zone: private } ] }
              - { name: rest, use: [ { zone: private }, { environment: aws-burst, when: "predictedTtft > duration('2s')" } ] }
            invariants:
              - never: "dataClass >= confidential && environment.zone == 'public'"
            tests:
              - { name: mail, request: { text: "write to ann.lee@corp.com" }, expect: { zone: private } }
              - { name: plain, request: { text: hi }, expect: { class: internal } }
            """;

    @Test
    void theTreeOfWhySaysWhatEveryPartOfAConditionCameTo() {
        var policy = Policies.compiled(POLICY);

        var lines =
                Why.of(policy, PolicyTests.features(policy, "mail", Policies.KNOWN).orElseThrow())
                        .lines();

        assertThat(lines)
                .startsWith(
                        "serve by rule 'sensitive'",
                        "  class confidential",
                        "    default asks for internal",
                        "    rule:pii asks for confidential",
                        "    rule 'pii' would raise to confidential: true")
                .contains(
                        "      caller.tenant == 'lab' || caller.tenant == 'works'  -> false",
                        "        caller.tenant == 'lab'  -> false",
                        "  rule 'sensitive': true",
                        "    dataClass >= confidential  -> true")
                .anyMatch(it -> it.contains("finding email, pii, confidence"))
                .anyMatch(it -> it.contains("pool onprem/any-version: use 1 allows it"))
                .noneMatch(it -> it.contains("corp.com"));
    }

    @Test
    void coverageNamesTheRulesThatNoTestPutToWork() {
        var coverage = TestCoverage.of(Policies.compiled(POLICY), Policies.KNOWN);

        assertThat(coverage.missed())
                .containsExactly("classification rule:lab", "placement rule:rest, use 2");
        assertThat(coverage.percent()).isEqualTo(75);
    }

    @Test
    void whatATestMasksIsMaskedInItsExplanationAndCountsAsExercised() {
        var policy =
                Policies.compiled(
                        POLICY.replace(
                                        "use: [ { zone: private } ] }",
                                        "use: [ { zone: private }, { environment: aws-burst, mask:"
                                                + " [email] } ] }")
                                .replace("expect: { zone: private }", "expect: { zone: public }"));

        var lines =
                Why.of(policy, PolicyTests.features(policy, "mail", Policies.KNOWN).orElseThrow())
                        .lines();

        assertThat(lines)
                .anyMatch(it -> it.contains("use 2 allows it as internal with email masked"));
        assertThat(TestCoverage.of(policy, Policies.KNOWN).exercised())
                .contains("placement rule:sensitive, use 2");
    }

    @Test
    void aDiffSaysWhoNewlyLeavesAndWhy() {
        var before = Policies.compiled(POLICY);
        var after =
                Policies.compiled(
                        POLICY.replace("caller.tenant == 'lab' || ", "")
                                .replace("duration('2s')", "duration('1s')"));

        var diff = PolicyDiff.between(before, after, Policies.KNOWN);

        assertThat(diff.rules())
                .anyMatch(it -> it.startsWith("changed classification rule 'lab'"))
                .anyMatch(it -> it.startsWith("changed placement rule 'rest'"))
                .hasSize(2);
        assertThat(diff.newlyLeaving())
                .extracting(PolicyDiff.Group::what)
                .contains("tenant lab may reach aws-burst, class internal, by rule 'rest'");
        assertThat(diff.newlyLeaving())
                .anySatisfy(it -> assertThat(it.example()).contains("prediction 1001 ms"));
        assertThat(diff.noLongerLeaving()).isEmpty();
        assertThat(diff.classes())
                .extracting(PolicyDiff.Group::what)
                .contains("class is internal, was restricted");
    }

    @Test
    void inTheOtherDirectionNobodyNewlyLeaves() {
        var before = Policies.compiled(POLICY.replace("caller.tenant == 'lab' || ", ""));

        var diff = PolicyDiff.between(before, Policies.compiled(POLICY), Policies.KNOWN);

        assertThat(diff.newlyLeaving()).isEmpty();
        assertThat(diff.noLongerLeaving()).isNotEmpty();
    }

    @Test
    void aPolicyDoesNotDifferFromItself() {
        var policy = Policies.compiled(POLICY);

        var diff = PolicyDiff.between(policy, policy, Policies.KNOWN);

        assertThat(diff.rules()).isEmpty();
        assertThat(diff.newlyLeaving()).isEmpty();
        assertThat(diff.classes()).isEmpty();
        assertThat(diff.tried()).isGreaterThan(50);
    }
}
