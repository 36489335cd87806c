package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies that ask what hardly any policy asks. Each lets a request out that only a translation
/// without gaps finds.
class UnusualPoliciesTest {
    private static final String OWN =
            """
            detectors:
              - { name: our-first-secret, category: our-own-kind, pattern: "AB[0-9]{6}" }
              - { name: our-second-secret, category: our-own-kind, pattern: "CD[0-9]{6}" }
            """;

    private static final String HOME = "environment.zone == 'public'";

    static Stream<Arguments> leaking() {
        return Stream.of(
                leak(
                        "only a detector of its own has a type that begins and ends so",
                        OWN,
                        "findings.exists(f, f.type.startsWith('our-') &&"
                                + " f.type.endsWith('-secret'))",
                        HOME),
                leak(
                        "only a detector of its own has a category that begins and ends so",
                        OWN,
                        "findings.exists(f, f.category.startsWith('our-') &&"
                                + " f.category.endsWith('-kind'))",
                        HOME),
                leak(
                        "and so when they are counted",
                        OWN,
                        "size(findings.filter(f, f.type.startsWith('our-') &&"
                                + " f.type.endsWith('-secret'))) > 3",
                        HOME),
                leak(
                        "two detectors of its own, one of which an attribute names",
                        OWN,
                        "findings.exists(f, f.category == 'our-own-kind' && f.type =="
                            + " caller.attributes.department) && findings.exists(f, f.category =="
                            + " 'our-own-kind' && f.type != caller.attributes.department)",
                        HOME),
                leak(
                        "between zero and the smallest bound there is a whole number: zero",
                        "",
                        "has(caller.attributes.level) && !(caller.attributes.level >= 1e-30)",
                        "environment.zone == 'public' && has(caller.attributes.level) &&"
                                + " caller.attributes.level == 0"),
                leak(
                        "a bound beyond all whole numbers",
                        "",
                        "has(caller.attributes.level) && caller.attributes.level >"
                                + " 9007199254740991.0",
                        "environment.zone == 'public' && has(caller.attributes.level) &&"
                                + " caller.attributes.level > 9007199254740991"));
    }

    private static Arguments leak(String what, String detectors, String when, String never) {
        return Arguments.of(
                what,
                detectors
                        + """
                        classification: { default: internal }
                        placement:
                          - { name: out, when: "%s", use: [ { zone: public } ] }
                          - { name: rest, use: [ { zone: private } ] }
                        invariants: [ { never: "%s" } ]
                        """
                                .formatted(when, never));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leaking")
    void aRuleThatAsksTheUnusualIsViolatedWithARequestThatTheEngineConfirms(
            String what, String rules) {
        var result = Cases.first(Cases.verify(rules));

        assertThat(result.rulesAlone().verdict()).as(what).isEqualTo(Verdict.VIOLATED);
        assertThat(result.withGuard().verdict()).as(what).isEqualTo(Verdict.VIOLATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "predictedTtft > duration('300h') && predictedTtft < duration('1000h')",
                "predictedTtft == duration('1000000h')",
                "predictedTtft > duration('1281000h')"
            })
    void aPredictionCanBeAsLongAsTheEngineTakesOne(String when) {
        var proof =
                Cases.verify(
                        """
                        classification: { default: internal }
                        placement:
                          - name: all
                            use: [ { zone: private }, { zone: public, when: "%s" } ]
                        invariants: [ { never: "environment.zone == 'public'" } ]
                        """
                                .formatted(when));

        assertThat(Cases.first(proof).withGuard().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void theGuardKnowsEveryKindOfUnscannedContentThatAnyInvariantAsksFor() {
        var proof =
                Cases.verify(
                        """
                        classification: { default: internal }
                        placement: [ { name: all, use: [ { zone: private }, { environment: aws-burst } ] } ]
                        invariants:
                          - never: "'image' in unscanned && environment.name == 'aws-burst' && model == 'chat'"
                          - never: "'video' in unscanned && environment.name == 'aws-burst' && model == 'chat'"
                        """);

        assertThat(proof.verdict()).isEqualTo(Verdict.PROVED);
    }

    @Test
    void moreNamesThanCanBeToldApartAreNoProof() {
        var words = new Words();
        for (int i = 0; i < Words.MOST; i++) {
            assertThat(words.number("word " + i)).isEqualTo(i);
        }

        assertThatIllegalStateException().isThrownBy(() -> words.number("one more"));
        assertThat(words.number("word 7")).isEqualTo(7);
    }

    @Test
    void theSamePolicyCompiledAgainIsBoundToTheSameProof() {
        var rules =
                """
                classification:
                  default: internal
                  rules: [ { name: mails, when: "findings.exists(f, f.type == 'email')", raise: confidential } ]
                placement: [ { name: all, use: [ { zone: public, mask: [phone, email, iban] } ] } ]
                residency: [ { name: home, allow: [DE, FR, AT] } ]
                """;

        assertThat(Verifier.bound(Cases.policy(rules), Cases.REGISTRY))
                .isEqualTo(Verifier.bound(Cases.policy(rules), Cases.REGISTRY));
    }
}
