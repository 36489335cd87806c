package io.spillway.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.policy.condition.CelInterpreter.Facts;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import io.spillway.policy.random.RandomRequests;
import io.spillway.policy.random.RandomRequests.Case;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// What must hold for any text whatever in the place of a condition. The first byte chooses where
/// in a policy it stands, the rest is the text.
class ConditionFuzzTest {
    private static final List<String> PLACES = List.of("onprem", "edge", "aws-burst", "azure-eu");
    private static final Set<String> WHOLE = Set.of("0", "3", "7");
    private static final CelConditions CONDITIONS =
            new CelConditions(CelAgreementTest.ATTRIBUTES, CelAgreementTest.KNOWN);
    private static final CelInterpreter INTERPRETER =
            new CelInterpreter(CelAgreementTest.ATTRIBUTES);

    @FuzzTest(maxDuration = "6m")
    @DictionaryEntries({
        "findings.exists(f, ",
        "findings.all(f, ",
        "size(findings.filter(f, ",
        "size(findings)",
        "f.type",
        "f.category",
        "f.confidence",
        "dataClass",
        "confidential",
        "restricted",
        "environment.name",
        "environment.zone",
        "environment.jurisdiction in ['DE']",
        "environment.clearance",
        "predictedTtft",
        "duration('1500ms')",
        "hour('Europe/Berlin')",
        "weekday('Asia/Shanghai')",
        "minuteOfDay('UTC')",
        "caller.tenant",
        "has(caller.team) && ",
        "has(caller.attributes.level) && ",
        "caller.attributes.department",
        "caller.attributes.vip",
        "'admin' in caller.roles",
        "'image' in unscanned",
        ".startsWith('a')",
        "bodyBytes",
        "stream",
        " || ",
        " && ",
        " == ",
        " != ",
        " in ",
        "true"
    })
    void aTextIsRefusedWithAPlaceOrMeansWhatCelSaysWithinItsStaticCost(byte[] input)
            throws Exception {
        if (input.length == 0) {
            return;
        }
        var place = Place.values()[(input[0] & 0xFF) % Place.values().length];
        var text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        var problems = new Problems();
        var found = CONDITIONS.translate(expression(text), place, problems);
        if (found.isEmpty()) {
            assertRefused(text, problems);
            return;
        }
        assertThat(problems.inOrder()).isEmpty();
        var condition = found.get();
        assertMeansTheSame(text, place, condition, new Random(text.hashCode()));
        assertReadsNoMoreThanItsStaticCost(condition);
    }

    private static Expression expression(String text) {
        int length = text.codePointCount(0, text.length());
        return new Expression(
                text,
                IntStream.rangeClosed(1, length + 1).mapToObj(it -> new Position(7, it)).toList());
    }

    private static void assertRefused(String text, Problems problems) {
        int length = text.codePointCount(0, text.length());
        assertThat(problems.inOrder())
                .isNotEmpty()
                .allSatisfy(it -> {
                    assertThat(it.line()).isEqualTo(7);
                    assertThat(it.column()).isBetween(1, length + 1);
                    assertThat(it.message()).isNotBlank();
                });
    }

    /// CEL's interpreter gets the text as written, but for `==` of jurisdictions, which it is not
    /// taught; that it gets as the tree says it.
    private static void assertMeansTheSame(
            String text, Place place, Condition condition, Random random) throws Exception {
        var said = CelText.of(condition);
        assertThat(CONDITIONS.translate(expression(said), place, new Problems()))
                .as("%s is written as %s", text, said)
                .contains(condition);
        boolean jurisdiction = said.contains("environment.jurisdiction");
        var program = INTERPRETER.program(jurisdiction ? said : text, place);
        var check = ConditionCompiler.compile(condition);
        var requests = new RandomRequests(random);
        for (int i = 0; i < 8; i++) {
            var request = requests.next();
            if (!wellFormed(request)) {
                continue;
            }
            var facts =
                    new Facts(
                            request.facts(),
                            requests.findings(),
                            DataClass.values()[random.nextInt(DataClass.values().length)],
                            requests.environment(PLACES.get(random.nextInt(PLACES.size()))),
                            List.of(50L, 500L, 1501L, -1L).get(random.nextInt(4)),
                            request.world().now());
            assertThat(check.test(facts.scope()))
                    .as(() -> text + " on " + facts)
                    .isEqualTo(INTERPRETER.evaluate(program, facts));
        }
    }

    /// A value of another kind than declared is an error to us and a value to CEL.
    private static boolean wellFormed(Case request) {
        var attributes = request.facts().caller().attributes();
        return WHOLE.contains(attributes.getOrDefault("level", "0"))
                && !"maybe".equals(attributes.get("vip"));
    }

    private static void assertReadsNoMoreThanItsStaticCost(Condition condition) {
        var check = ConditionCompiler.compile(condition);
        var request = new RandomRequests(new Random(1)).next();
        for (var type : List.of("email", "phone", "jwt", "iban")) {
            var findings = new CountedFindings(type);
            check.test(
                    new Scope(request.facts(), findings)
                            .now(request.world().now())
                            .dataClass(DataClass.INTERNAL)
                            .environment(CelAgreementTest.KNOWN.environments().get("onprem")));

            assertThat(findings.reads)
                    .as("findings read")
                    .isLessThanOrEqualTo(Parts.mostSteps(condition));
        }
    }

    /// As many findings as a condition is asked about at most, all alike.
    private static final class CountedFindings extends AbstractList<Finding> {
        private final Finding one;
        private long reads;

        CountedFindings(String type) {
            this.one = new Finding(type, type.equals("jwt") ? "secret" : "pii", 0.6, 0, 1, "/text");
        }

        @Override
        public Finding get(int index) {
            reads++;
            return one;
        }

        @Override
        public int size() {
            return Scope.MOST_FINDINGS;
        }
    }
}
