package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.policy.verify.Proof.Warning;
import io.spillway.policy.verify.Proof.WarningKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewTest {
    @Test
    void aRuleAfterOneThatTakesItsRequestsIsShadowed() {
        assertThat(
                        warnings(
                                """
                                classification: { default: internal }
                                placement:
                                  - { name: all, use: [ { zone: private } ] }
                                  - { name: late, when: "caller.tenant == 'acme'", use: [ { zone: private } ] }
                                """))
                .containsExactly("SHADOWED rule late");
    }

    @Test
    void aRuleThatNoRequestMatchesIsUnreachable() {
        assertThat(
                        warnings(
                                """
                                classification: { default: internal }
                                placement:
                                  - { name: never, when: "dataClass < internal", use: [ { zone: private } ] }
                                  - { name: all, use: [ { zone: private } ] }
                                """))
                .containsExactly("UNREACHABLE rule never");
    }

    @Test
    void anEntryThatNeverAppliesAndOneThatAddsNothingAreNamed() {
        assertThat(
                        warnings(
                                """
                                classification: { default: internal }
                                placement:
                                  - name: all
                                    use:
                                      - { zone: private }
                                      - { environment: onprem }
                                      - { environment: aws-burst, when: "dataClass < internal" }
                                """))
                .containsExactly("SHADOWED rule all, use 2", "UNREACHABLE rule all, use 3");
    }

    @Test
    void anEntryOfAZoneThatAddsNothingToAnEnvironmentIsNamedToo() {
        assertThat(
                        warnings(
                                """
                                classification: { default: internal }
                                placement:
                                  - name: all
                                    use:
                                      - { environment: aws-burst }
                                      - { zone: public, when: "environment.name == 'aws-burst'" }
                                """))
                .containsExactly("SHADOWED rule all, use 2");
    }

    @Test
    void requestsThatNoRuleMatchesAndRulesThatCannotBeEvaluatedAreGaps() {
        assertThat(
                        warnings(
                                """
                                classification: { default: internal }
                                placement:
                                  - { name: vip, when: "caller.attributes.vip", use: [ { zone: private } ] }
                                """))
                .containsExactly("GAP placement", "GAP rule vip");
    }

    @Test
    void aHigherClassThatMayLeaveWhereALowerMayNotIsNamedForEveryPairOfClasses() {
        var rules =
                """
                classification: { default: public }
                placement:
                  - { name: odd, when: "dataClass == %s", use: [ { zone: public } ] }
                  - { name: rest, use: [ { zone: private } ] }
                """;

        for (var odd : List.of("internal", "confidential", "restricted")) {
            assertThat(warnings(rules.formatted(odd))).contains("WIDENS_WITH_CLASS rule odd");
        }
        assertThat(warnings(rules.formatted("public"))).isEmpty();
    }

    @Test
    void aClassThatNoRequestHasCannotBeTheLowerOne() {
        assertThat(
                        warnings(
                                """
                                classification: { default: confidential }
                                placement:
                                  - { name: odd, when: "dataClass == confidential", use: [ { zone: public } ] }
                                  - { name: rest, use: [ { zone: private } ] }
                                """))
                .isEmpty();
    }

    private static List<String> warnings(String rules) {
        return Cases.verify(rules).warnings().stream()
                .filter(it -> it.kind() != WarningKind.GUARD_ONLY)
                .map(ReviewTest::shortly)
                .toList();
    }

    private static String shortly(Warning warning) {
        return warning.kind() + " " + warning.subject();
    }
}
