package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import io.spillway.api.request.Finding;
import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Condition.Comparison;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Term;
import io.spillway.policy.verify.TextValue.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Translates one condition in one place of a policy.
///
/// Each case says the same as the engine's closure for it; the tests replay every answer of the
/// solver through those. What has no translation is free to be true, false or an error.
final class ConditionTerms {
    private final Logic logic;
    private final RequestTerms request;
    private final @Nullable PlaceTerms place;
    private final @Nullable Level dataClass;
    private final RequestTerms.@Nullable Prediction prediction;
    private @Nullable Finding finding;

    /// @param place the environment that is looked at, null where there is none yet
    /// @param dataClass the class, null where it is not known yet
    /// @param prediction the best prediction so far, null where there is none
    ConditionTerms(
            Logic logic,
            RequestTerms request,
            @Nullable PlaceTerms place,
            @Nullable Level dataClass,
            RequestTerms.@Nullable Prediction prediction) {
        this.logic = logic;
        this.request = request;
        this.place = place;
        this.dataClass = dataClass;
        this.prediction = prediction;
    }

    Answer translate(Condition condition) {
        return switch (condition) {
            case Condition.Always(var value) -> Answer.of(logic, value);
            case Condition.Not(var inner) -> translate(inner).not();
            case Condition.Both(var left, var right) ->
                    Answer.both(logic, List.of(translate(left), translate(right)));
            case Condition.Either(var left, var right) ->
                    Answer.either(logic, List.of(translate(left), translate(right)));
            case Condition.Holds(var flag) -> flag(flag);
            case Condition.Compare(var comparison, var left, var right) ->
                    compare(condition, comparison, left, right);
            case Condition.OneOf(var term, var choices) -> oneOf(condition, term, choices);
            case Condition.HasRole(var role) ->
                    role instanceof Term.Text(var name)
                            ? Answer.known(logic, request.role(name))
                            : untranslated(condition);
            case Condition.Unscanned(var kind) ->
                    kind instanceof Term.Text(var name)
                            ? Answer.known(logic, request.unscanned(name))
                            : untranslated(condition);
            case Condition.Has(var term) -> has(term);
            case Condition.Prefix(var text, var part) -> part(condition, Part.PREFIX, text, part);
            case Condition.Suffix(var text, var part) -> part(condition, Part.SUFFIX, text, part);
            case Condition.Contains(var text, var part) -> part(condition, Part.INSIDE, text, part);
            case Condition.AnyFinding(var inner) -> request.anyFinding(it -> ofFinding(it, inner));
            case Condition.EveryFinding(var inner) ->
                    request.anyFinding(it -> ofFinding(it, inner).not()).not();
            case Condition.JurisdictionIn(var codes) -> jurisdictionIn(codes);
        };
    }

    private Answer ofFinding(Finding one, Condition condition) {
        finding = one;
        var answer = translate(condition);
        finding = null;
        return answer;
    }

    /// One free answer per condition and environment.
    private Answer untranslated(Condition condition) {
        return request.untranslated(
                List.of(condition, Optional.ofNullable(place), Optional.ofNullable(finding)));
    }

    private Answer has(Term term) {
        return switch (term) {
            case Term.Attribute(var name, var kind) ->
                    Answer.known(logic, request.attribute(name, kind).has());
            case Term.Read(var fact) when fact == Fact.TEAM ->
                    Answer.known(logic, logic.not(request.team.missing(logic)));
            default -> throw new IllegalStateException("always known: " + term);
        };
    }

    private Answer flag(Term term) {
        return switch (term) {
            case Term.Flag(var value) -> Answer.of(logic, value);
            case Term.Attribute(var name, var kind) -> {
                var attribute = request.attribute(name, kind);
                yield Answer.unless(logic, missing(attribute), attribute.flag());
            }
            case Term.Read(var fact) when fact == Fact.STREAM ->
                    Answer.known(logic, request.stream);
            default -> throw new IllegalStateException("no flag: " + term);
        };
    }

    private BoolExpr missing(RequestTerms.Attribute attribute) {
        return logic.or(logic.not(attribute.has()), attribute.malformed());
    }

    private Answer compare(Condition whole, Comparison comparison, Term left, Term right) {
        return switch (left.kind()) {
            case TEXT -> {
                if (left instanceof Term.Clock || right instanceof Term.Clock) {
                    yield weekday(whole, comparison, left, right);
                }
                var a = text(left);
                var b = text(right);
                var same = TextValue.same(logic, a, b);
                yield Answer.unless(
                        logic,
                        logic.or(a.missing(logic), b.missing(logic)),
                        comparison == Comparison.EQUAL ? same : logic.not(same));
            }
            case CLASS -> Answer.known(logic, level(left).compare(logic, comparison, level(right)));
            case FLAG -> {
                var a = flag(left);
                var b = flag(right);
                var same =
                        Answer.either(
                                logic,
                                List.of(
                                        Answer.both(logic, List.of(a, b)),
                                        Answer.both(logic, List.of(a.not(), b.not()))));
                yield comparison == Comparison.EQUAL ? same : same.not();
            }
            case WHOLE, REAL, DURATION -> numbers(whole, comparison, left, right);
        };
    }

    private Answer weekday(Condition whole, Comparison comparison, Term left, Term right) {
        var clock = left instanceof Term.Clock it ? it : right instanceof Term.Clock it ? it : null;
        var other = left instanceof Term.Clock ? right : left;
        if (clock == null || !(other instanceof Term.Text(var day))) {
            return untranslated(whole);
        }
        int number = ClockPart.DAYS.indexOf(day);
        var same = logic.z3().mkEq(request.clock(clock), logic.whole(number));
        return Answer.known(logic, comparison == Comparison.EQUAL ? same : logic.z3().mkNot(same));
    }

    private Answer numbers(Condition whole, Comparison comparison, Term left, Term right) {
        var a = number(left);
        var b = number(right);
        var answer = a == null || b == null ? null : Number.compare(logic, comparison, a, b);
        return answer == null ? untranslated(whole) : answer;
    }

    /// Null when the solver has no such number.
    private @Nullable Number number(Term term) {
        return switch (term) {
            case Term.Whole(var value) -> Number.of(value);
            case Term.Span(var nanos) -> Number.of(nanos);
            case Term.Real(var value) -> new Number.Literal(new BigDecimal(value));
            case Term.Attribute(var name, var kind) -> {
                var attribute = request.attribute(name, kind);
                yield new Number.Variable(attribute.whole(), 1, missing(attribute));
            }
            case Term.Count(var where) ->
                    request.count(
                            it -> where == null ? Answer.of(logic, true) : ofFinding(it, where));
            case Term.Clock clock -> new Number.Variable(request.clock(clock), 1, logic.no());
            case Term.Read(var fact)
                    when fact == Fact.BODY_BYTES || fact == Fact.EXPECTED_PROMPT_TOKENS ->
                    new Number.Variable(request.size(fact), 1, logic.no());
            case Term.Read(var fact) when fact == Fact.PREDICTED_TTFT ->
                    prediction == null ? null : prediction.nanos();
            case Term.Read(var fact) when fact == Fact.FINDING_CONFIDENCE ->
                    finding == null
                            ? null
                            : new Number.Literal(new BigDecimal(finding.confidence()));
            case Term.Read _, Term.Text _, Term.ClassName _, Term.Flag _ ->
                    throw new IllegalStateException("no number: " + term);
        };
    }

    private Level level(Term term) {
        return switch (term) {
            case Term.ClassName(var value) -> Level.of(logic, value);
            case Term.Read(var fact) when fact == Fact.DATA_CLASS && dataClass != null -> dataClass;
            case Term.Read(var fact) when fact == Fact.ENVIRONMENT_CLEARANCE -> place().clearance();
            default -> throw new IllegalStateException("no class: " + term);
        };
    }

    private TextValue text(Term term) {
        return switch (term) {
            case Term.Text(var value) -> new TextValue.Literal(value);
            case Term.Attribute(var name, var kind) -> request.attribute(name, kind).text();
            case Term.Read(var fact) -> textFact(fact);
            default -> throw new IllegalStateException("no text: " + term);
        };
    }

    private TextValue textFact(Fact fact) {
        return switch (fact) {
            case TENANT -> request.tenant;
            case TEAM -> request.team;
            case MODEL -> request.model;
            case OPERATION -> request.operation;
            case ENVIRONMENT_NAME -> place().name();
            case ENVIRONMENT_ZONE -> new TextValue.Literal(place().zone().wire());
            case ENVIRONMENT_PROVIDER -> place().provider();
            case ENVIRONMENT_REGION -> place().region();
            case FINDING_TYPE -> new TextValue.Literal(finding().type());
            case FINDING_CATEGORY -> new TextValue.Literal(finding().category());
            case DATA_CLASS,
                    STREAM,
                    BODY_BYTES,
                    EXPECTED_PROMPT_TOKENS,
                    PREDICTED_TTFT,
                    ENVIRONMENT_CLEARANCE,
                    FINDING_CONFIDENCE ->
                    throw new IllegalStateException("no text: " + fact);
        };
    }

    private PlaceTerms place() {
        if (place == null) {
            throw new IllegalStateException("no environment can be read here");
        }
        return place;
    }

    private Finding finding() {
        if (finding == null) {
            throw new IllegalStateException("no finding can be read here");
        }
        return finding;
    }

    private Answer part(Condition whole, Part kind, Term text, Term part) {
        if (text instanceof Term.Clock || part instanceof Term.Clock) {
            return untranslated(whole);
        }
        if (!(text(part) instanceof TextValue.Literal(var known))) {
            return untranslated(whole);
        }
        var value = text(text);
        return Answer.unless(logic, value.missing(logic), value.has(logic, kind, known));
    }

    /// An error in any comparison makes all of it one: CEL evaluates the list first.
    private Answer oneOf(Condition whole, Term term, List<Term> choices) {
        var any = new ArrayList<BoolExpr>();
        var errors = new ArrayList<BoolExpr>();
        for (var choice : choices) {
            var one = compare(whole, Comparison.EQUAL, term, choice);
            any.add(one.isTrue());
            errors.add(one.isError(logic));
        }
        return Answer.unless(logic, logic.or(errors), logic.or(any));
    }

    /// True when all codes of the environment are listed, false when none is, else unknown.
    private Answer jurisdictionIn(List<Term> codes) {
        var listed = codes.stream().map(this::text).toList();
        var inside = new ArrayList<BoolExpr>();
        var outside = new ArrayList<BoolExpr>();
        var touched = new ArrayList<BoolExpr>();
        for (var code : place().dataIn().keySet()) {
            var here = place().touches(logic, code);
            var isListed = logic.or(listed.stream().map(it -> it.is(logic, code)).toList());
            touched.add(here);
            inside.add(logic.or(logic.not(here), isListed));
            outside.add(logic.or(logic.not(here), logic.not(isListed)));
        }
        var known =
                logic.and(
                        logic.or(touched),
                        logic.not(logic.or(listed.stream().map(it -> it.missing(logic)).toList())));
        return new Answer(
                logic.and(known, logic.and(inside)), logic.and(known, logic.and(outside)));
    }
}
