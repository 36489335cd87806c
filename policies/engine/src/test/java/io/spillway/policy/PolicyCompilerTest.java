package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyCompilerTest {
    static final String ACME =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: acme }
            attributes: { department: { type: string } }
            classification:
              default: internal
              rules:
                - { name: national-id, when: "findings.exists(f, f.type == 'cn-id-card')", raise: confidential }
                - { name: secrets,     when: "findings.exists(f, f.category == 'secret')", raise: restricted }
            placement:
              - name: sensitive-stays-home
                when: "dataClass >= confidential"
                use: [ { zone: private } ]
                whenFull: queue
              - name: the-rest-may-spill
                use: [ { zone: private }, { environment: aws-burst, when: "predictedTtft > duration('1500ms')", maxMicrosPer1kTokens: 4000 } ]
                degradeTo: small-chat
            invariants:
              - never: "dataClass >= confidential && environment.zone == 'public'"
              - never: "caller.tenant == 'trust-bank' && !(environment.jurisdiction in ['DE', 'FR'])"
            tests:
              - { name: id card stays home, request: { text: "11010519491231002X" }, expect: { zone: private } }
            """;

    @Test
    void theExampleOfTheDesignCompiles() {
        var result = PolicyCompiler.compile(ACME, Policies.KNOWN);

        assertThat(result)
                .isInstanceOfSatisfying(
                        CompileResult.Compiled.class,
                        compiled -> {
                            assertThat(compiled.policy().name()).isEqualTo("acme");
                            assertThat(compiled.policy().digest()).matches("[0-9a-f]{64}");
                        });
    }

    @Test
    void warmingUpNeedsNoPolicyAndFailsNever() {
        org.assertj.core.api.Assertions.assertThatCode(PolicyCompiler::warmUp)
                .doesNotThrowAnyException();
    }
}
