package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTestsTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification:
              default: internal
              rules: [ { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential } ]
            placement:
              - { name: sensitive, when: "dataClass >= confidential", use: [ { zone: private } ] }
              - { name: rest, use: [ { zone: private }, { zone: public } ] }
            tests:
            """;

    private static List<PolicyTestResult> run(String test) {
        return PolicyTests.run(Policies.compiled(POLICY + test), Policies.KNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{ text: hi }, expect: { class: public } -> class is internal, expected public",
                "{ text: hi }, expect: { zone: private } -> zone: it may leave for [aws-burst],"
                        + " expected private only",
                "{ text: a@b.org }, expect: { zone: public } -> zone: it may not leave, expected"
                        + " that it may",
                "{ text: hi }, expect: { outcome: queue } -> outcome is serve, expected queue",
                "{ text: hi }, expect: { rule: sensitive } -> rule is 'rest', expected 'sensitive'",
                "{ text: hi }, expect: { environments: [aws-burst] } -> environments are [onprem,"
                        + " aws-burst], expected [aws-burst]",
            })
    void aTestThatIsNotMetSaysWhatCameOut(String test, String failure) {
        var results = run("  - { name: t, request: %s }".formatted(test));

        assertThat(results)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.passed()).isFalse();
                    assertThat(it.line()).isEqualTo(11);
                    assertThat(it.failures()).containsExactly(failure);
                    assertThat(it.decision().explanation().steps()).isNotEmpty();
                });
    }

    @Test
    void aTestThatIsMetPasses() {
        var results =
                run(
                        "  - { name: t, request: { text: a@b.org, headerClass: public }, expect: {"
                                + " zone: private, class: confidential, outcome: serve, rule:"
                                + " sensitive, environments: [onprem] } }");

        assertThat(results).singleElement().matches(PolicyTestResult::passed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "call +49 30 1234567 -> public",
                "call +49 30 1234567 today. The ticket says 49.30.1234567 ok -> private",
                "call +49 30 1234567, mail a@b.org -> private",
                "call me -> public",
            })
    void aTestMasksAsARouterWouldAndKeepsHomeWhatCannotBeMasked(String text, String zone) {
        var masking =
                POLICY.replace(
                                "use: [ { zone: private } ] }",
                                "use: [ { zone: private }, { zone: public, mask: [phone] } ] }")
                        + "  - { name: t, request: { text: \"%s\" }, expect: { zone: %s } }"
                                .formatted(text, zone);

        assertThat(PolicyTests.run(Policies.compiled(masking), Policies.KNOWN))
                .singleElement()
                .satisfies(it -> assertThat(it.failures()).isEmpty());
    }

    @Test
    void aTestMasksEachMessageForItself() {
        var masking =
                POLICY.replace(
                                "use: [ { zone: private } ] }",
                                "use: [ { zone: public, mask: [phone] } ] }")
                        + """
                          - { name: both, request: { messages: ["call +49 30 1234567", "no, better +49 40 7654321"] }, expect: { zone: public } }
                          - { name: mail, request: { messages: ["call +49 30 1234567", "or mail a@b.org"] }, expect: { outcome: deny } }
                        """;

        assertThat(PolicyTests.run(Policies.compiled(masking), Policies.KNOWN))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.failures()).isEmpty());
    }

    @Test
    void whatATestForbidsOrTakesAwayIsHonoured() {
        var results =
                run(
                        """
                          - { name: grant, request: { text: hi, maySpill: [] }, expect: { zone: private } }
                          - { name: jurisdiction, request: { text: hi, jurisdictions: [] }, expect: { zone: private } }
                          - { name: unscanned, request: { text: hi, unscanned: [image] }, expect: { zone: private } }
                          - { name: down, request: { text: hi, down: [onprem] }, expect: { environments: [aws-burst] } }
                          - { name: all down, request: { text: hi, down: [onprem, aws-burst] }, expect: { outcome: queue } }
                        """);

        assertThat(results).hasSize(5).allMatch(PolicyTestResult::passed);
    }
}
