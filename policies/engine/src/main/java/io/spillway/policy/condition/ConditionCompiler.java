package io.spillway.policy.condition;

import io.spillway.policy.condition.Condition.Comparison;
import io.spillway.policy.condition.Term.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Turns a condition into closures: one virtual call per node, no allocation.
public final class ConditionCompiler {
    private ConditionCompiler() {}

    /// Compiles.
    public static Check compile(Condition condition) {
        return switch (condition) {
            case Condition.Always(var value) -> {
                var truth = Truth.of(value);
                yield _ -> truth;
            }
            case Condition.Not(var inner) -> {
                var check = compile(inner);
                yield scope -> check.test(scope).not();
            }
            case Condition.Both(var left, var right) -> both(compile(left), compile(right));
            case Condition.Either(var left, var right) -> either(compile(left), compile(right));
            case Condition.Holds(var flag) -> {
                var reader = Readers.flag(flag);
                yield reader::read;
            }
            case Condition.Compare(var comparison, var left, var right) ->
                    compare(comparison, left, right);
            case Condition.OneOf(var term, var choices) -> oneOf(term, choices);
            case Condition.HasRole(var role) -> hasRole(role);
            case Condition.Unscanned(var kind) -> unscanned(kind);
            case Condition.Has(var term) -> has(term);
            case Condition.Prefix(var text, var part) -> texts(text, part, String::startsWith);
            case Condition.Suffix(var text, var part) -> texts(text, part, String::endsWith);
            case Condition.Contains(var text, var part) -> texts(text, part, String::contains);
            case Condition.AnyFinding(var inner) -> anyFinding(compile(inner));
            case Condition.EveryFinding(var inner) -> everyFinding(compile(inner));
            case Condition.JurisdictionIn(var codes) -> jurisdictionIn(codes);
        };
    }

    private static Check both(Check left, Check right) {
        return scope -> {
            var first = left.test(scope);
            return first == Truth.FALSE ? Truth.FALSE : first.and(right.test(scope));
        };
    }

    private static Check either(Check left, Check right) {
        return scope -> {
            var first = left.test(scope);
            return first == Truth.TRUE ? Truth.TRUE : first.or(right.test(scope));
        };
    }

    private static Check anyFinding(Check check) {
        return scope -> {
            if (scope.tooManyFindings) {
                return Truth.ERROR;
            }
            var answer = Truth.FALSE;
            var findings = scope.findings;
            for (int i = 0; i < findings.size() && answer != Truth.TRUE; i++) {
                scope.finding = findings.get(i);
                answer = answer.or(check.test(scope));
            }
            return answer;
        };
    }

    private static Check everyFinding(Check check) {
        return scope -> {
            if (scope.tooManyFindings) {
                return Truth.ERROR;
            }
            var answer = Truth.TRUE;
            var findings = scope.findings;
            for (int i = 0; i < findings.size() && answer != Truth.FALSE; i++) {
                scope.finding = findings.get(i);
                answer = answer.and(check.test(scope));
            }
            return answer;
        };
    }

    private static Check compare(Comparison comparison, Term left, Term right) {
        if ((left.kind() == Kind.WHOLE && right.kind() == Kind.WHOLE)
                || left.kind() == Kind.DURATION) {
            var a = Readers.whole(left);
            var b = Readers.whole(right);
            return scope -> {
                long x = a.read(scope);
                long y = b.read(scope);
                return x == Readers.NO_WHOLE || y == Readers.NO_WHOLE
                        ? Truth.ERROR
                        : Truth.of(comparison.holds(Long.compare(x, y)));
            };
        }
        return switch (left.kind()) {
            case WHOLE, REAL -> numbers(comparison, left, right);
            case TEXT -> texts(left, right, (x, y) -> comparison.holds(x.compareTo(y)));
            case CLASS -> classes(comparison, left, right);
            case FLAG -> {
                var a = Readers.flag(left);
                var b = Readers.flag(right);
                yield scope -> {
                    var x = a.read(scope);
                    var y = b.read(scope);
                    return x == Truth.ERROR || y == Truth.ERROR
                            ? Truth.ERROR
                            : Truth.of(comparison.holds(x.compareTo(y)));
                };
            }
            case DURATION -> throw new IllegalStateException("durations are compared as wholes");
        };
    }

    private static Check numbers(Comparison comparison, Term left, Term right) {
        var a = Readers.real(left);
        var b = Readers.real(right);
        return scope -> {
            double x = a.read(scope);
            double y = b.read(scope);
            if (Double.isNaN(x) || Double.isNaN(y)) {
                return Truth.ERROR;
            }
            return Truth.of(comparison.holds(x < y ? -1 : x > y ? 1 : 0));
        };
    }

    private static Check classes(Comparison comparison, Term left, Term right) {
        var a = Readers.dataClass(left);
        var b = Readers.dataClass(right);
        return scope -> {
            var x = a.read(scope);
            var y = b.read(scope);
            return x == null || y == null
                    ? Truth.ERROR
                    : Truth.of(comparison.holds(x.compareTo(y)));
        };
    }

    private interface TextTest {
        boolean test(String left, String right);
    }

    private static Check texts(Term left, Term right, TextTest test) {
        var a = Readers.text(left);
        var b = Readers.text(right);
        return scope -> {
            var x = a.read(scope);
            var y = b.read(scope);
            return x == null || y == null ? Truth.ERROR : Truth.of(test.test(x, y));
        };
    }

    private static Check oneOf(Term term, List<Term> choices) {
        if (term.kind() == Kind.TEXT && choices.stream().allMatch(Term.Text.class::isInstance)) {
            var set = new HashSet<String>();
            choices.forEach(choice -> set.add(((Term.Text) choice).value()));
            var reader = Readers.text(term);
            return scope -> {
                var value = reader.read(scope);
                return value == null ? Truth.ERROR : Truth.of(set.contains(value));
            };
        }
        // The list itself is evaluated first in CEL, so one unknown choice makes all unknown.
        var checks = new ArrayList<Check>();
        choices.forEach(choice -> checks.add(compare(Comparison.EQUAL, term, choice)));
        return scope -> {
            var answer = Truth.FALSE;
            for (var check : checks) {
                var one = check.test(scope);
                if (one == Truth.ERROR) {
                    return Truth.ERROR;
                }
                answer = answer.or(one);
            }
            return answer;
        };
    }

    private static Check hasRole(Term role) {
        var reader = Readers.text(role);
        return scope -> {
            var name = reader.read(scope);
            return name == null
                    ? Truth.ERROR
                    : Truth.of(scope.request.caller().roles().contains(name));
        };
    }

    private static Check unscanned(Term kind) {
        var reader = Readers.text(kind);
        return scope -> {
            var name = reader.read(scope);
            return name == null ? Truth.ERROR : Truth.of(scope.unscanned.contains(name));
        };
    }

    private static Check has(Term term) {
        return switch (term) {
            case Term.Attribute(var name, _) ->
                    scope -> Truth.of(scope.request.caller().attributes().containsKey(name));
            case Term.Read(var fact) when fact == Fact.TEAM ->
                    scope -> Truth.of(scope.request.caller().team() != null);
            default -> throw new IllegalStateException("always known: " + term);
        };
    }

    private static Check jurisdictionIn(List<Term> codes) {
        var readers = codes.stream().map(Readers::text).toList();
        return scope -> {
            var environment = scope.environment;
            if (environment == null) {
                return Truth.ERROR;
            }
            int inside = 0;
            int all = 0;
            for (var codeSet :
                    List.of(environment.dataLocations(), environment.operatorJurisdictions())) {
                for (var code : codeSet) {
                    all++;
                    var one = contains(readers, scope, code);
                    if (one == Truth.ERROR) {
                        return Truth.ERROR;
                    }
                    inside += one == Truth.TRUE ? 1 : 0;
                }
            }
            if (inside == 0 && all > 0) {
                return Truth.FALSE;
            }
            return inside == all && all > 0 ? Truth.TRUE : Truth.ERROR;
        };
    }

    private static Truth contains(List<Readers.TextReader> readers, Scope scope, String code) {
        var answer = Truth.FALSE;
        for (var reader : readers) {
            var value = reader.read(scope);
            if (value == null) {
                return Truth.ERROR;
            }
            answer = answer.or(Truth.of(value.equals(code)));
        }
        return answer;
    }
}
