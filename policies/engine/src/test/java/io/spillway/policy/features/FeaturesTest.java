package io.spillway.policy.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Policies;
import io.spillway.policy.features.Features.ModelFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final String YAML =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: p }
            classification:
              default: internal
              rules:
                - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
            placement:
              - name: home
                when: "dataClass >= confidential"
                use: [ { zone: private } ]
              - name: rest
                use: [ { zone: public } ]
                degradeTo: small-chat
            """;

    private static Features features(List<Finding> findings, List<Source> floors) {
        var burst = new PoolKey("aws-burst", "v1");
        return new Features(
                new RequestFacts(
                        Operation.CHAT,
                        "chat",
                        new Caller("acme", null, "k", Set.of(), Map.of(), Set.of("DE"), false),
                        false,
                        null,
                        Set.of(),
                        10,
                        3,
                        null),
                findings,
                floors,
                List.copyOf(Policies.KNOWN.environments().values()),
                Map.of(
                        "chat", new ModelFacts(List.of("v1"), Set.of("aws-burst"), Set.of()),
                        "small-chat", new ModelFacts(List.of("s1"), Set.of(), Set.of())),
                null,
                List.of(new PoolFacts(burst, 1, 1, OptionalLong.of(10))),
                List.of(),
                Instant.EPOCH);
    }

    @Test
    void theRecordedFactsDecideAsTheyDidForTheRequest() {
        var policy = Policies.compiled(YAML);

        assertThat(features(List.of(), List.of()).place(policy).decision())
                .isInstanceOf(Decision.Serve.class);
        assertThat(
                        features(List.of(new Finding("email", "pii", 0.9, 0, 1, "/t")), List.of())
                                .classify(policy)
                                .dataClass())
                .isEqualTo(DataClass.CONFIDENTIAL);
        assertThat(
                        features(List.of(), List.of(new Source("tenant", DataClass.RESTRICTED)))
                                .place(policy)
                                .decision()
                                .explanation()
                                .rule())
                .isEqualTo("home");
    }

    @Test
    void afterDegradingTheSmallerModelsVersionsAndGrantsCount() {
        var policy = Policies.compiled(YAML);

        assertThat(features(List.of(), List.of()).degradedTo("small-chat").place(policy).decision())
                .isInstanceOf(Decision.Deny.class);
    }
}
