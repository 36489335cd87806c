package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Caller;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.condition.CelConditions;
import io.spillway.policy.condition.CelText;
import io.spillway.policy.condition.Place;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import io.spillway.policy.random.RandomConditions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: counts }
            classification:
              default: public
              rules: [ { name: many, when: "size(findings.filter(f, f.type == 'email')) > 5", raise: internal } ]
            placement: [ { name: home, use: [ { zone: private } ] } ]
            """;

    private static DataClass classOf(int emails) {
        var facts =
                new RequestFacts(
                        Operation.CHAT,
                        "chat",
                        new Caller("acme", null, "k", Set.of(), Map.of(), Set.of(), false),
                        false,
                        null,
                        Set.of(),
                        100,
                        25,
                        null);
        var found = Collections.nCopies(emails, new Finding("email", "pii", 0.9, 0, 1, "/text"));
        return Policies.compiled(POLICY).classify(facts, found, List.of()).dataClass();
    }

    @Test
    void findingsAreCountedAgainstAConstant() {
        assertThat(classOf(5)).isEqualTo(DataClass.PUBLIC);
        assertThat(classOf(6)).isEqualTo(DataClass.INTERNAL);
    }

    @Test
    void withMoreFindingsThanAreLookedAtTheClassIsTheHighest() {
        assertThat(classOf(Scope.MOST_FINDINGS)).isEqualTo(DataClass.INTERNAL);
        assertThat(classOf(Scope.MOST_FINDINGS + 1)).isEqualTo(DataClass.HIGHEST);
    }

    @Test
    void aPolicyThatCouldTakeTooLongIsRefusedWithTheNumberOfItsSteps() {
        var rule =
                "    - { name: r%d, when: \"findings.exists(f, f.type == 'email' || f.type =="
                        + " 'phone' || f.type == 'jwt')\", raise: internal }\n";
        var yaml = new StringBuilder(POLICY.replaceFirst(" rules: .*\n", " rules:\n"));
        int at = yaml.indexOf("placement:");
        for (int i = 0; i < 500; i++) {
            yaml.insert(at, rule.formatted(i));
        }

        assertThat(Policies.problems(yaml.toString()))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.message())
                            .isEqualTo(
                                    "one decision could take 5,500,503 steps, more than 5,000,000");
                    assertThat(it.line()).isEqualTo(7);
                });
    }

    @Test
    void aConditionWrittenBackIsTheSameCondition() {
        var attributes =
                Map.of(
                        "department", new AttributeDeclaration(AttributeType.STRING, false),
                        "level", new AttributeDeclaration(AttributeType.INT, true),
                        "vip", new AttributeDeclaration(AttributeType.BOOL, false));
        var conditions = new CelConditions(attributes, AgreementTest.KNOWN);
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            var place = Place.values()[i % Place.values().length];
            var text = new RandomConditions(random).any(place, 3).cel();
            var problems = new Problems();
            var condition = conditions.translate(expression(text), place, problems).orElseThrow();

            var again = conditions.translate(expression(CelText.of(condition)), place, problems);

            assertThat(again)
                    .as(() -> text + " | " + CelText.of(condition) + problems.inOrder())
                    .hasValueSatisfying(
                            it -> assertThat(CelText.of(it)).isEqualTo(CelText.of(condition)));
        }
    }

    private static Expression expression(String text) {
        return new Expression(text, Collections.nCopies(text.length() + 1, new Position(1, 1)));
    }
}
