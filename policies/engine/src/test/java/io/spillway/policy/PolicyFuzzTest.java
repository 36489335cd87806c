package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spillway.policy.random.RandomRequests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// What must hold for any bytes whatever in the place of a policy file.
class PolicyFuzzTest {

    @FuzzTest(maxDuration = "6m")
    @DictionaryEntries({
        "apiVersion: spillway/v1",
        "kind: PolicySet",
        "metadata: { name: a }",
        "attributes: { a: { type: int, optional: true } }",
        "classification: { default: public, rules: [ { name: a, when: 'true', raise: restricted } ]"
                + " }",
        "placement: [ { name: a, use: [ { zone: private } ] } ]",
        "residency: [ { name: a, allow: [DE] } ]",
        "priorities: [ { name: a, band: 3 } ]",
        "limits: [ { name: a, per: tenant, requestsPerMinute: 3 } ]",
        "budgets: [ { tenant: a, monthly: 3 } ]",
        "detectors: [ { name: a, pattern: 'AB[0-9]{3}' } ]",
        "invariants: [ { never: 'dataClass >= confidential' } ]",
        "tests: [ { name: a, request: { text: a }, expect: { zone: private } } ]",
        "imports: [ a.yaml ]",
        "window: { zone: UTC, from: '20:00', to: '06:00' }",
        "mask: [email]",
        "whenFull: degrade",
        "degradeTo: small-chat",
        "maxMicrosPer1kTokens: 4000",
        "environment: aws-burst",
        "&a ",
        "*a",
        "<<: ",
        "!!int ",
        "? ",
        "|+2",
        ">-",
        "%YAML 1.2",
        "---",
        "..."
    })
    void aFileBecomesAPolicyThatDecidesOrIsRefusedWithPlaces(byte[] input) {
        var yaml = new String(input, StandardCharsets.UTF_8);
        switch (PolicyCompiler.compile(yaml, Policies.KNOWN)) {
            case CompileResult.Rejected(var problems) -> assertPlaced(problems, yaml);
            case CompileResult.Compiled(var policy) -> {
                assertPlaced(policy.warnings(), yaml);
                var requests = new RandomRequests(new Random(yaml.hashCode()));
                for (int i = 0; i < 3; i++) {
                    var request = requests.next();
                    var classification =
                            policy.classify(request.facts(), request.findings(), request.floors());
                    policy.place(request.facts(), classification, request.world());
                    policy.limits(request.facts(), classification, request.world().now());
                }
                PolicyTests.run(policy, Policies.KNOWN);
            }
        }
    }

    /// Every place lies in the file, or right behind one of its lines.
    private static void assertPlaced(List<PolicyProblem> problems, String yaml) {
        var lines = yaml.split("\r\n|[\n\r]", -1);
        assertThat(problems)
                .allSatisfy(it -> {
                    assertThat(it.line()).isBetween(1, lines.length);
                    var line = lines[it.line() - 1];
                    assertThat(it.column()).isBetween(1, line.codePointCount(0, line.length()) + 1);
                    assertThat(it.message()).isNotBlank();
                    assertThat(it.file()).isEmpty();
                });
    }
}
