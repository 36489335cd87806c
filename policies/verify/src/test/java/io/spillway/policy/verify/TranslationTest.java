package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.policy.verify.Proof.Warning;
import io.spillway.policy.verify.Proof.WarningKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Policies that keep an invariant by one single part of what a proof translates. Without that part
/// the proof of the policy falls.
class TranslationTest {
    private static Arguments kept(String by, String rules, String never) {
        return Arguments.of(by, rules + "\ninvariants: [ { never: \"%s\" } ]\n".formatted(never));
    }

    static Stream<Arguments> keptByOnePart() {
        return Stream.of(
                kept(
                        "the floor of the tenant",
                        """
                        classification: { default: public }
                        placement: [ { name: all, use: [ { zone: private } ] } ]
                        """,
                        "caller.tenant == 'trust-bank' && dataClass < internal"),
                kept(
                        "an error in a classification rule is the highest class",
                        """
                        classification: { default: public, rules: [ { name: vip, when: "caller.attributes.vip", raise: internal } ] }
                        placement:
                          - { name: home, when: "has(caller.attributes.vip)", use: [ { zone: private } ] }
                          - { name: rest, use: [ { zone: public } ] }
                        """,
                        "environment.zone == 'public' && dataClass < restricted"),
                kept(
                        "an error in a placement rule denies",
                        """
                        classification: { default: public }
                        placement:
                          - { name: home, when: "caller.attributes.vip", use: [ { zone: private } ] }
                          - { name: rest, use: [ { zone: public } ] }
                        """,
                        "environment.zone == 'public' && !has(caller.attributes.vip)"),
                kept(
                        "an error beside what is true is one",
                        """
                        classification: { default: public }
                        placement:
                          - { name: home, when: "caller.attributes.vip && has(caller.team)", use: [ { zone: private } ] }
                          - { name: rest, use: [ { zone: public } ] }
                        """,
                        "environment.zone == 'public' && !has(caller.attributes.vip) &&"
                                + " has(caller.team)"),
                kept(
                        "an error beside what is false is one",
                        """
                        classification: { default: public }
                        placement:
                          - { name: home, when: "caller.attributes.vip || has(caller.team)", use: [ { zone: private } ] }
                          - { name: rest, use: [ { zone: public } ] }
                        """,
                        "environment.zone == 'public' && !has(caller.attributes.vip) &&"
                                + " !has(caller.team)"),
                kept(
                        "residency",
                        """
                        classification: { default: public }
                        placement: [ { name: all, use: [ { zone: public } ] } ]
                        residency: [ { name: home, allow: [DE] } ]
                        """,
                        "!(environment.jurisdiction in ['DE'])"),
                kept(
                        "an error in a residency rule leaves private places",
                        """
                        classification: { default: public }
                        placement: [ { name: all, use: [ { zone: public } ] } ]
                        residency: [ { name: home, when: "caller.attributes.vip", allow: [DE] } ]
                        """,
                        "!has(caller.attributes.vip)"),
                kept(
                        "a prediction comes from a place that an entry before selects",
                        """
                        classification: { default: public }
                        placement:
                          - name: all
                            use:
                              - { zone: private, when: "caller.tenant == 'acme'" }
                              - { zone: public, when: "predictedTtft < duration('1s')" }
                        """,
                        "environment.zone == 'public' && caller.tenant != 'acme'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keptByOnePart")
    void anInvariantIsKeptByOnePartOfTheRules(String part, String rules) {
        var result = Cases.first(Cases.verify(rules));

        assertThat(result.withGuard().verdict()).as(part).isEqualTo(Verdict.PROVED);
        if (!part.contains("floor")) {
            assertThat(result.rulesAlone().verdict()).as(part).isEqualTo(Verdict.PROVED);
        }
    }

    @Test
    void anInvariantThatCannotBeEvaluatedIsViolatedByThatAlone() {
        var proof =
                Cases.verify(
                        """
                        classification: { default: public }
                        placement:
                          - { name: known, when: "has(caller.attributes.vip)", use: [ { zone: public } ] }
                          - { name: rest, use: [ { zone: private } ] }
                        invariants: [ { never: "caller.attributes.vip && environment.zone == 'private'" } ]
                        """);

        assertThat(proof.verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void theGrantOfTheTenantAloneKeepsItsRequestsHome() {
        var all = Cases.REGISTRY;
        var acme = new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of("DE", "US"), null);

        assertThat(
                        Cases.verify(
                                        """
                                        classification: { default: internal }
                                        placement: [ { name: all, use: [ { environment: aws-burst } ] } ]
                                        invariants: [ { never: "caller.tenant == 'acme' && environment.name == 'aws-burst'" } ]
                                        """,
                                        new Inventory(
                                                all.environments(),
                                                List.of(acme, Cases.BANK),
                                                all.models(),
                                                all.keys()))
                                .verdict())
                .isEqualTo(Verdict.PROVED);
    }

    @Test
    void onlyTheRuleThatDegradesBringsTheGrantsOfTheSmallerModel() {
        var all = Cases.REGISTRY;
        var chat = new Model("chat", List.of("v"), Set.of(), Set.of(), 1);

        assertThat(
                        Cases.verify(
                                        """
                                        classification: { default: internal }
                                        placement:
                                          - { name: streams, when: "stream", use: [ { zone: private } ], degradeTo: small-chat }
                                          - { name: rest, use: [ { environment: aws-burst } ] }
                                        invariants: [ { never: "caller.tenant == 'acme' && model == 'chat' && environment.zone == 'public'" } ]
                                        """,
                                        new Inventory(
                                                all.environments(),
                                                all.tenants(),
                                                List.of(chat, Cases.SMALL),
                                                all.keys()))
                                .verdict())
                .isEqualTo(Verdict.PROVED);
    }

    @Test
    void withTooManyFindingsARuleThatAsksForOneHasNoAnswer() {
        assertThat(
                        Cases.verify(
                                        """
                                        classification: { default: internal }
                                        placement:
                                          - { name: mails, when: "findings.exists(f, f.type == 'email')", use: [ { zone: private } ] }
                                          - { name: rest, use: [ { zone: private } ] }
                                        """)
                                .warnings())
                .extracting(Warning::kind)
                .containsExactly(WarningKind.GAP);
    }
}
