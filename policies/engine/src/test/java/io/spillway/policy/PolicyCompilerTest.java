package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyCompilerTest {
    static final KnownNames KNOWN =
            new KnownNames(
                    Map.of(
                            "onprem", environment("onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                            "aws-burst", environment("aws-burst", Zone.PUBLIC, DataClass.INTERNAL)),
                    Set.of("chat", "small-chat"));

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

    static Environment environment(String name, Zone zone, DataClass clearance) {
        return new Environment(
                name,
                zone,
                "onprem",
                "local",
                Set.of("DE"),
                Set.of("DE"),
                clearance,
                List.of(),
                null);
    }

    @Test
    void theExampleOfTheDesignCompiles() {
        var result = PolicyCompiler.compile(ACME, KNOWN);

        assertThat(result)
                .isInstanceOfSatisfying(
                        CompileResult.Compiled.class,
                        compiled -> {
                            assertThat(compiled.policy().name()).isEqualTo("acme");
                            assertThat(compiled.policy().digest()).matches("[0-9a-f]{64}");
                        });
    }
}
