package io.spillway.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Policies;
import io.spillway.policy.condition.Condition.Comparison;
import io.spillway.policy.condition.Term.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What conditions say of what is known, of what is not, and of values at a bound.
class ThreeValuesTest {
    private static final Term NAME = new Term.Attribute("name", Kind.TEXT);
    private static final Term LEVEL = new Term.Attribute("level", Kind.WHOLE);
    private static final Term VIP = new Term.Attribute("vip", Kind.FLAG);
    private static final Term A = new Term.Text("a");
    private static final Term ONE = new Term.Whole(1);
    private static final Term CONFIDENCE = new Term.Read(Fact.FINDING_CONFIDENCE);
    private static final Term STREAM = new Term.Read(Fact.STREAM);

    private static RequestFacts request(Map<String, String> attributes) {
        return new RequestFacts(
                Operation.CHAT,
                "chat",
                new Caller("acme", null, "k", Set.of("a"), attributes, Set.of(), false),
                true,
                null,
                Set.of("a"),
                100,
                25,
                null);
    }

    private static Truth test(Condition condition, Scope scope) {
        return ConditionCompiler.compile(condition).test(scope);
    }

    /// Of a request of which nothing is known but what every request has.
    private static Scope bare(Map<String, String> attributes) {
        return new Scope(request(attributes), List.of());
    }

    private static Condition same(Term left, Term right) {
        return new Condition.Compare(Comparison.EQUAL, left, right);
    }

    static List<Condition> unknown() {
        return List.of(
                same(new Term.Read(Fact.TEAM), A),
                same(A, NAME),
                same(new Term.Read(Fact.ENVIRONMENT_NAME), A),
                same(new Term.Read(Fact.ENVIRONMENT_ZONE), A),
                same(new Term.Read(Fact.FINDING_TYPE), A),
                same(new Term.Read(Fact.DATA_CLASS), new Term.ClassName(DataClass.PUBLIC)),
                same(
                        new Term.ClassName(DataClass.PUBLIC),
                        new Term.Read(Fact.ENVIRONMENT_CLEARANCE)),
                same(new Term.Clock(ClockPart.WEEKDAY, "UTC"), new Term.Text("mon")),
                new Condition.Compare(
                        Comparison.AT_LEAST, new Term.Clock(ClockPart.HOUR, "UTC"), ONE),
                new Condition.Compare(Comparison.LESS, LEVEL, ONE),
                new Condition.Compare(Comparison.LESS, ONE, LEVEL),
                new Condition.Compare(Comparison.LESS, LEVEL, new Term.Real(0.5)),
                new Condition.Compare(Comparison.LESS, CONFIDENCE, new Term.Real(0.5)),
                new Condition.Compare(Comparison.LESS, new Term.Real(0.5), CONFIDENCE),
                new Condition.Holds(VIP),
                same(VIP, STREAM),
                same(STREAM, VIP),
                new Condition.HasRole(NAME),
                new Condition.Unscanned(NAME),
                new Condition.Prefix(NAME, A),
                new Condition.Suffix(A, NAME),
                new Condition.Contains(NAME, A),
                new Condition.OneOf(NAME, List.of(A)),
                new Condition.OneOf(A, List.of(A, NAME)),
                new Condition.OneOf(LEVEL, List.of(ONE, new Term.Whole(2))),
                new Condition.JurisdictionIn(List.of(new Term.Text("DE"))));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void whatIsNotKnownIsNeitherTrueNorFalse(Condition condition) {
        var nothing = bare(Map.of());

        assertThat(test(condition, nothing)).isEqualTo(Truth.ERROR);
        assertThat(test(new Condition.Not(condition), nothing)).isEqualTo(Truth.ERROR);
        var known = new Condition.Always(true);
        assertThat(test(new Condition.Both(known, condition), nothing)).isEqualTo(Truth.ERROR);
        assertThat(test(new Condition.Either(condition, new Condition.Not(known)), nothing))
                .isEqualTo(Truth.ERROR);
    }

    @Test
    void aValueOfAnotherKindThanDeclaredIsNotKnown() {
        var odd = bare(Map.of("vip", "maybe", "level", "high"));

        assertThat(test(new Condition.Holds(VIP), odd)).isEqualTo(Truth.ERROR);
        assertThat(test(new Condition.Compare(Comparison.LESS, LEVEL, ONE), odd))
                .isEqualTo(Truth.ERROR);
    }

    @Test
    void aJurisdictionThatIsNotKnownLeavesOpenWhetherAPlaceLiesInside() {
        var place = Policies.environment("aws-burst", Zone.PUBLIC, DataClass.INTERNAL);
        var inside = new Condition.JurisdictionIn(List.of(new Term.Text("DE"), NAME));

        assertThat(test(inside, bare(Map.of()).environment(place))).isEqualTo(Truth.ERROR);
        assertThat(test(inside, bare(Map.of("name", "FR")).environment(place)))
                .isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource({
        "FALSE, FALSE, FALSE, FALSE",
        "FALSE, TRUE, FALSE, TRUE",
        "FALSE, ERROR, FALSE, ERROR",
        "TRUE, TRUE, TRUE, TRUE",
        "TRUE, ERROR, ERROR, TRUE",
        "ERROR, ERROR, ERROR, ERROR"
    })
    void whatIsFalseAbsorbsAnErrorBesideAndWhatIsTrueOneBesideOr(
            Truth left, Truth right, Truth both, Truth either) {
        assertThat(left.and(right)).isEqualTo(both);
        assertThat(right.and(left)).isEqualTo(both);
        assertThat(left.or(right)).isEqualTo(either);
        assertThat(right.or(left)).isEqualTo(either);
    }

    @ParameterizedTest
    @CsvSource({"true, TRUE", "false, FALSE"})
    void flagsAreEqualWhenTheyAre(String vip, Truth expected) {
        var scope = bare(Map.of("vip", vip));

        assertThat(test(same(VIP, STREAM), scope)).isEqualTo(expected);
        assertThat(test(new Condition.Compare(Comparison.NOT_EQUAL, STREAM, VIP), scope))
                .isEqualTo(expected.not());
        assertThat(test(same(VIP, new Term.Flag(true)), scope)).isEqualTo(expected);
        assertThat(test(same(new Term.Flag(false), VIP), scope)).isEqualTo(expected.not());
    }

    @ParameterizedTest
    @CsvSource({
        "0.70, true, true, false, false, false",
        "0.75, false, true, true, true, false",
        "0.80, false, false, false, true, true"
    })
    void aConfidenceAtABoundIsNeitherLessNorGreater(
            double confidence,
            boolean less,
            boolean atMost,
            boolean equal,
            boolean atLeast,
            boolean greater) {
        var finding = new Finding("email", "pii", confidence, 0, 1, "/text");
        var scope = new Scope(request(Map.of()), List.of(finding));
        var expected =
                Map.of(
                        Comparison.LESS, less,
                        Comparison.AT_MOST, atMost,
                        Comparison.EQUAL, equal,
                        Comparison.AT_LEAST, atLeast,
                        Comparison.GREATER, greater,
                        Comparison.NOT_EQUAL, !equal);
        expected.forEach((comparison, truth) ->
                assertThat(
                                test(
                                        new Condition.AnyFinding(
                                                new Condition.Compare(
                                                        comparison,
                                                        CONFIDENCE,
                                                        new Term.Real(0.75))),
                                        scope))
                        .as(comparison + " at " + confidence)
                        .isEqualTo(Truth.of(truth)));
    }

    @Test
    void wholeNumbersAreComparedExactlyHoweverLargeTheyAre() {
        long bound = 1L << 53;
        var above = new Condition.Compare(Comparison.GREATER, LEVEL, new Term.Whole(bound));

        assertThat(test(above, bare(Map.of("level", "" + (bound + 1))))).isEqualTo(Truth.TRUE);
        assertThat(test(above, bare(Map.of("level", "" + bound)))).isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @CsvSource({"0, TRUE", "1, FALSE"})
    void wholeNumbersAreComparedWithRealOnes(String level, Truth expected) {
        var half = new Term.Real(0.5);
        var scope = bare(Map.of("level", level));

        assertThat(test(new Condition.Compare(Comparison.LESS, LEVEL, half), scope))
                .isEqualTo(expected);
        assertThat(test(new Condition.Compare(Comparison.GREATER, half, LEVEL), scope))
                .isEqualTo(expected);
        var finding = new Finding("email", "pii", 0.75, 0, 1, "/text");
        assertThat(
                        test(
                                new Condition.AnyFinding(
                                        new Condition.Compare(Comparison.LESS, CONFIDENCE, ONE)),
                                new Scope(request(Map.of()), List.of(finding))))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void aCountOfFindingsOfWhichOneCannotBeJudgedIsNotKnown() {
        var named = same(new Term.Read(Fact.FINDING_TYPE), NAME);
        var none = new Condition.Compare(Comparison.LESS, new Term.Count(named), ONE);
        var findings = List.of(new Finding("email", "pii", 0.9, 0, 1, "/text"));

        assertThat(test(none, new Scope(request(Map.of()), findings))).isEqualTo(Truth.ERROR);
        assertThat(test(none, new Scope(request(Map.of("name", "phone")), findings)))
                .isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource({"1, TRUE", "7, TRUE", "3, FALSE"})
    void aNumberIsOneOfSeveralWhenItEqualsAnyOfThem(String level, Truth expected) {
        var condition = new Condition.OneOf(LEVEL, List.of(ONE, new Term.Whole(7)));

        assertThat(test(condition, bare(Map.of("level", level)))).isEqualTo(expected);
    }

    @Test
    void aTextIsOneOfSeveralWhenItEqualsAnyOfThemAndAllAreKnown() {
        var condition = new Condition.OneOf(A, List.of(NAME, new Term.Text("b")));

        assertThat(test(condition, bare(Map.of("name", "a")))).isEqualTo(Truth.TRUE);
        assertThat(test(condition, bare(Map.of("name", "c")))).isEqualTo(Truth.FALSE);
    }

    @Test
    void rolesAndUnscannedKindsAreThoseOfTheRequest() {
        assertThat(test(new Condition.HasRole(NAME), bare(Map.of("name", "a"))))
                .isEqualTo(Truth.TRUE);
        assertThat(test(new Condition.HasRole(NAME), bare(Map.of("name", "b"))))
                .isEqualTo(Truth.FALSE);
        assertThat(test(new Condition.Unscanned(NAME), bare(Map.of("name", "a"))))
                .isEqualTo(Truth.TRUE);
        assertThat(test(new Condition.Unscanned(NAME), bare(Map.of("name", "b"))))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void withTooManyFindingsNothingThatIsAskedOfThemIsKnown() {
        var email = same(new Term.Read(Fact.FINDING_TYPE), new Term.Text("email"));
        var asked =
                List.of(
                        new Condition.AnyFinding(email),
                        new Condition.EveryFinding(email),
                        new Condition.Compare(Comparison.GREATER, new Term.Count(email), ONE),
                        new Condition.Compare(Comparison.GREATER, new Term.Count(null), ONE));
        var one = new Finding("email", "pii", 0.9, 0, 1, "/text");
        var most = Collections.nCopies(Scope.MOST_FINDINGS, one);
        var tooMany = Collections.nCopies(Scope.MOST_FINDINGS + 1, one);

        assertThat(asked)
                .allSatisfy(it -> {
                    assertThat(test(it, new Scope(request(Map.of()), most))).isEqualTo(Truth.TRUE);
                    assertThat(test(it, new Scope(request(Map.of()), tooMany)))
                            .isEqualTo(Truth.ERROR);
                });
    }
}
