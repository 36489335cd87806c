package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Money;
import io.spillway.policy.document.PolicyBundle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Sections about time, places and amounts, told by tests in the policy file itself.
class PolicySectionsTest {
    private static final String HEAD =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: sections }
            classification: { default: internal }
            """;
    private static final String ANYWHERE =
            "placement: [ { name: any, use: [ { zone: private }, { zone: public } ] } ]\n";

    private static void assertPasses(String yaml, int tests) {
        var results = PolicyTests.run(Policies.compiled(HEAD + yaml), Policies.KNOWN);

        assertThat(results)
                .hasSize(tests)
                .allSatisfy(it -> assertThat(it.failures()).as(it.name()).isEmpty());
    }

    @Test
    void aWindowEndsOnTheNextDayAndGoesByTheClockOnTheWall() {
        assertPasses(
                """
                placement:
                  - name: night
                    window: { zone: Europe/Berlin, days: [fri], from: "22:00", to: "06:00" }
                    use: [ { zone: private } ]
                  - { name: day, use: [ { zone: public } ] }
                tests:
                  - { name: a, request: { at: "2026-03-27T21:59:59+01:00" }, expect: { rule: day } }
                  - { name: b, request: { at: "2026-03-27T22:00:00+01:00" }, expect: { rule: night } }
                  - { name: c, request: { at: "2026-03-28T05:59:59+01:00" }, expect: { rule: night } }
                  - { name: d, request: { at: "2026-03-28T06:00:00+01:00" }, expect: { rule: day } }
                  - { name: e, request: { at: "2026-03-28T23:00:00+01:00" }, expect: { rule: day } }
                  - { name: f, request: { at: "2026-07-03T20:30:00Z" }, expect: { rule: night } }
                  - { name: g, request: { at: "2026-07-03T04:30:00Z" }, expect: { rule: day } }
                """,
                7);
    }

    @Test
    void whatOnlyTheClockForbidsMayBeTriedAgainAndWhatARuleForbidsMayNot() {
        assertPasses(
                """
                placement:
                  - name: weekends
                    when: "model == 'chat'"
                    use: [ { zone: public, window: { zone: UTC, days: [sat, sun] } } ]
                  - name: never
                    use: [ { zone: public, when: "dataClass < internal" } ]
                tests:
                  - { name: a, request: { model: chat, at: "2026-03-28T12:00:00Z" }, expect: { outcome: serve } }
                  - { name: b, request: { model: chat, at: "2026-03-27T12:00:00Z" }, expect: { outcome: shed } }
                  - { name: c, request: { model: small-chat }, expect: { outcome: deny } }
                """,
                3);
    }

    @Test
    void residencyNarrowsWhatTheCallerMayUseAndNeverWidensIt() {
        assertPasses(
                ANYWHERE
                        + """
                        residency:
                          - { name: bank, when: "caller.tenant == 'bank'", allow: [DE, FR] }
                          - { name: home, when: "caller.tenant == 'home'", allow: [] }
                          - { name: abroad, when: "caller.tenant == 'abroad'", allow: [US] }
                        tests:
                          - { name: a, request: { tenant: bank }, expect: { zone: public } }
                          - { name: b, request: { tenant: home }, expect: { zone: private } }
                          - { name: c, request: { tenant: abroad }, expect: { zone: private } }
                          - { name: d, request: { tenant: bank, jurisdictions: [US] }, expect: { zone: private } }
                          - { name: e, request: { tenant: other }, expect: { zone: public } }
                        """,
                5);
    }

    @Test
    void aResidencyRuleThatCannotBeEvaluatedLeavesPrivatePlaces() {
        assertPasses(
                "attributes: { level: { type: int } }\n"
                        + ANYWHERE
                        + """
                        residency: [ { name: low, when: "caller.attributes.level < 3", allow: [DE] } ]
                        tests:
                          - { name: a, request: { attributes: { level: "5" } }, expect: { zone: public } }
                          - { name: b, request: { text: hi }, expect: { zone: private } }
                        """,
                2);
    }

    @Test
    void theFirstPriorityRuleThatMatchesDecidesAndAllLimitsThatMatchApply() {
        assertPasses(
                ANYWHERE
                        + """
                        priorities:
                          - { name: streams, when: "stream", priority: 8 }
                          - { name: large, when: "expectedPromptTokens > 10000", priority: 1 }
                        limits:
                          - { name: all, requestsPerMinute: 600 }
                          - { name: lab, when: "caller.tenant == 'lab'", per: key, requestsPerMinute: 60, maxOutputTokens: 500 }
                        tests:
                          - { name: a, request: { stream: true, bodyBytes: 90000 }, expect: { priority: 8, limits: [all] } }
                          - { name: b, request: { bodyBytes: 90000, tenant: lab }, expect: { priority: 1, limits: [lab, all] } }
                          - { name: c, request: { text: hi }, expect: { priority: 5 } }
                        """,
                3);
    }

    @Test
    void aRequestGoesDownTheChainOfModelsAndWaitsAtItsEnd() {
        assertPasses(
                """
                placement: [ { name: any, use: [ { zone: private } ], degradeTo: [chat, small-chat] } ]
                tests:
                  - { name: a, request: { model: chat, down: [onprem] }, expect: { outcome: degrade, degradeTo: small-chat } }
                  - { name: b, request: { model: small-chat, down: [onprem] }, expect: { outcome: queue } }
                """,
                2);
    }

    @Test
    void budgetsAreExactAmountsByTenant() {
        var policy =
                Policies.compiled(
                        HEAD
                                + ANYWHERE
                                + "budgets: [ { tenant: lab, monthlyMicros: 250000001, currency:"
                                + " EUR } ]");

        assertThat(policy.budgets()).isEqualTo(Map.of("lab", new Money(250_000_001_000L, "EUR")));
    }

    private static final Map<String, String> FILES =
            Map.of(
                    "common.yaml",
                            """
                            apiVersion: spillway/v1
                            kind: PolicyFragment
                            metadata: { name: common }
                            imports: [ places/more.yaml ]
                            attributes: { department: { type: string } }
                            classification:
                              rules:  # what all policies of the house share
                                - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
                            """,
                    "places/more.yaml",
                            """
                            apiVersion: spillway/v1
                            kind: PolicyFragment
                            metadata: { name: more }
                            invariants:
                              - never: "dataClass >= confidential && environment.zone == 'public'"
                            """);
    private static final PolicySource SOURCE =
            new PolicySource(
                    HEAD
                            + ANYWHERE
                            + """
                            imports: [ common.yaml, places/more.yaml ]
                            tests:
                              - { name: a, request: { text: "ann.lee@corp.com" }, expect: { class: confidential, zone: private } }
                              - { name: b, request: { text: "hi" }, expect: { zone: public } }
                            """,
                    FILES);

    @Test
    void whatIsImportedCountsAndTheBundleIsTheSamePolicyInOneFile() {
        var bundle = PolicyBundle.of(SOURCE);
        var whole = (CompileResult.Compiled) PolicyCompiler.compile(SOURCE, Policies.KNOWN);
        var alone = Policies.compiled(bundle);

        assertThat(bundle).doesNotContain("imports:").contains("common.yaml");
        for (var policy : List.of(whole.policy(), alone)) {
            assertThat(PolicyTests.run(policy, Policies.KNOWN))
                    .hasSize(2)
                    .allMatch(PolicyTestResult::passed);
        }
        assertThat(alone.digest()).isEqualTo(whole.policy().digest());
    }

    @Test
    void aFileWithoutImportsIsItsOwnBundle() {
        assertThat(PolicyBundle.of(new PolicySource(HEAD + ANYWHERE + "# a comment\n")))
                .isEqualTo(HEAD + ANYWHERE + "# a comment\n");
    }
}
