package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.Scan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final CompiledPolicy POLICY =
            Policies.compiled(
                    """
                    apiVersion: spillway/v1
                    kind: PolicySet
                    metadata: { name: test }
                    attributes: { department: { type: string } }
                    classification:
                      default: public
                      rules:
                        - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
                        - { name: keys, when: "findings.exists(f, f.category == 'secret')", raise: restricted }
                        - { name: law, when: "model == 'small-chat' && caller.attributes.department == 'law'", raise: internal }
                    placement: [ { name: home, use: [ { zone: private } ] } ]
                    """);

    private static RequestFacts facts(
            String model, DataClass declared, Map<String, String> attributes) {
        return new RequestFacts(
                Operation.CHAT,
                model,
                new Caller("acme", null, "key", Set.of(), attributes, Set.of(), false),
                false,
                declared,
                Set.of("image"),
                10,
                3,
                null);
    }

    private static Finding finding(String type, String category, double confidence) {
        return new Finding(type, category, confidence, 0, 4, "/text");
    }

    private static Classification classify(
            DataClass declared, List<Finding> findings, Source... floors) {
        return POLICY.classify(facts("chat", declared, Map.of()), findings, List.of(floors));
    }

    @Test
    void withNothingToRaiseItTheClassIsTheDefault() {
        var classification = classify(null, List.of());

        assertThat(classification.dataClass()).isEqualTo(DataClass.PUBLIC);
        assertThat(classification.sources())
                .containsExactly(new Source("default", DataClass.PUBLIC));
        assertThat(classification.unscanned()).containsExactly("image");
    }

    @Test
    void theStrictestOfAllThatAskWins() {
        var classification =
                classify(
                        DataClass.INTERNAL,
                        List.of(finding("email", "pii", 0.9)),
                        new Source("tenant", DataClass.INTERNAL));

        assertThat(classification.dataClass()).isEqualTo(DataClass.CONFIDENTIAL);
        assertThat(classification.sources())
                .extracting(Source::name)
                .containsExactly("default", "tenant", "rule:pii", "header");
    }

    @Test
    void theHeaderCanRaise() {
        assertThat(classify(DataClass.RESTRICTED, List.of()).dataClass())
                .isEqualTo(DataClass.RESTRICTED);
    }

    @Test
    void theHeaderCannotLower() {
        var classification =
                classify(DataClass.PUBLIC, List.of(), new Source("key", DataClass.CONFIDENTIAL));

        assertThat(classification.dataClass()).isEqualTo(DataClass.CONFIDENTIAL);
    }

    @Test
    void aFindingOfLowConfidenceIsRecordedAndRaisesNothing() {
        var weak = finding("payment-card", "pii", 0.49);

        var classification = classify(null, List.of(weak));

        assertThat(classification.dataClass()).isEqualTo(DataClass.PUBLIC);
        assertThat(classification.findings()).containsExactly(weak);
    }

    @Test
    void aRuleThatCannotBeEvaluatedGivesTheHighestClass() {
        var classification =
                POLICY.classify(facts("small-chat", null, Map.of()), List.of(), List.of());

        assertThat(classification.dataClass()).isEqualTo(DataClass.RESTRICTED);
        assertThat(classification.sources()).contains(new Source("error", DataClass.RESTRICTED));
    }

    @Test
    void anExceptionInTheMiddleGivesTheHighestClass() {
        var classification =
                POLICY.classify(facts("chat", null, Map.of()), (List<Finding>) null, List.of());

        assertThat(classification.dataClass()).isEqualTo(DataClass.RESTRICTED);
        assertThat(classification.sources())
                .containsExactly(new Source("error", DataClass.RESTRICTED));
    }

    @Test
    void aScanThatRanOutOfStepsGivesTheHighestClass() {
        var scan = new Scan(List.of(finding("email", "pii", 0.95)), true);

        var classification = POLICY.classify(facts("chat", null, Map.of()), scan, List.of());

        assertThat(classification.dataClass()).isEqualTo(DataClass.RESTRICTED);
        assertThat(classification.findings()).hasSize(1);
        assertThat(classification.sources()).contains(new Source("error", DataClass.RESTRICTED));
    }

    @Test
    void aScanThatCameToItsEndGivesTheClassOfItsFindings() {
        var scan = new Scan(List.of(finding("email", "pii", 0.95)), false);

        assertThat(POLICY.classify(facts("chat", null, Map.of()), scan, List.of()).dataClass())
                .isEqualTo(DataClass.CONFIDENTIAL);
    }
}
