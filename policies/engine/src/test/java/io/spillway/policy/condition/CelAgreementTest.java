package io.spillway.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.KnownNames;
import io.spillway.policy.Policies;
import io.spillway.policy.condition.CelInterpreter.Facts;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import io.spillway.policy.random.RandomConditions;
import io.spillway.policy.random.RandomRequests;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Our closures against CEL's own interpreter, on the same text and the same facts.
class CelAgreementTest {
    static final Map<String, AttributeDeclaration> ATTRIBUTES =
            Map.of(
                    "department", new AttributeDeclaration(AttributeType.STRING, false),
                    "level", new AttributeDeclaration(AttributeType.INT, true),
                    "vip", new AttributeDeclaration(AttributeType.BOOL, false));
    static final KnownNames KNOWN =
            new KnownNames(
                    Map.of(
                            "onprem",
                                    Policies.environment(
                                            "onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                            "edge",
                                    Policies.environment(
                                            "edge", Zone.PRIVATE, DataClass.RESTRICTED),
                            "aws-burst",
                                    Policies.environment(
                                            "aws-burst", Zone.PUBLIC, DataClass.INTERNAL),
                            "azure-eu",
                                    new Environment(
                                            "azure-eu",
                                            Zone.PUBLIC,
                                            "azure",
                                            "eu",
                                            Set.of("FR", "US"),
                                            Set.of(),
                                            DataClass.INTERNAL,
                                            List.of(),
                                            null)),
                    Set.of("chat", "small-chat"));

    @Test
    void ourClosuresAndCelsInterpreterAgreeOnEveryConditionAndRequest() throws Exception {
        var interpreter = new CelInterpreter(ATTRIBUTES);
        var conditions = new CelConditions(ATTRIBUTES, KNOWN);
        var random = new Random(42);
        var requests = new RandomRequests(random);
        var places = List.of(Place.values());
        var classes = List.of(DataClass.values());
        var names = List.of("onprem", "edge", "aws-burst", "azure-eu");
        var seen = new EnumMap<Truth, Integer>(Truth.class);
        for (int i = 0; i < 600; i++) {
            var place = places.get(i % places.size());
            var text = new RandomConditions(random).any(place, 3).cel();
            var check = ConditionCompiler.compile(translate(conditions, text, place));
            var program = interpreter.program(text, place);
            for (int k = 0; k < 40; k++) {
                var request = requests.next();
                var environment = requests.environment(names.get(random.nextInt(names.size())));
                var facts =
                        new Facts(
                                request.facts(),
                                requests.findings(),
                                classes.get(random.nextInt(classes.size())),
                                environment,
                                List.of(50L, 500L, 1501L, -1L).get(random.nextInt(4)),
                                request.world().now());
                var ours = check.test(facts.scope());

                assertThat(ours)
                        .as(() -> text + " on " + facts)
                        .isEqualTo(interpreter.evaluate(program, facts));
                seen.merge(ours, 1, Integer::sum);
            }
        }
        System.out.println("CEL agreement: " + seen);

        assertThat(seen).containsOnlyKeys(Truth.values());
    }

    private static Condition translate(CelConditions conditions, String text, Place place) {
        var problems = new Problems();
        var places = Collections.nCopies(text.length() + 1, new Position(1, 1));
        var condition = conditions.translate(new Expression(text, places), place, problems);
        assertThat(condition).as(() -> text + problems.inOrder()).isPresent();
        return condition.orElseThrow();
    }
}
