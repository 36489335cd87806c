package io.spillway.policy.random;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// A condition of the tests: its CEL text, and what it means, written down a second time without a
/// line of the engine. The meaning is true, false, or null for an error.
public record Cond(String cel, Function<Facts, Boolean> meaning) {

    public Boolean eval(Facts facts) {
        return meaning.apply(facts);
    }

    static Cond of(String cel, Predicate<Facts> meaning) {
        return new Cond(cel, meaning::test);
    }

    static Cond not(Cond inner) {
        return new Cond(
                "!(" + inner.cel + ")",
                facts -> {
                    var value = inner.eval(facts);
                    return value == null ? null : !value;
                });
    }

    static Cond and(Cond left, Cond right) {
        return new Cond(
                "(" + left.cel + ") && (" + right.cel + ")",
                facts -> all(List.of(left, right), facts));
    }

    static Cond or(Cond left, Cond right) {
        return new Cond(
                "(" + left.cel + ") || (" + right.cel + ")",
                facts -> any(List.of(left, right), facts));
    }

    static Cond exists(Cond each) {
        return new Cond(
                "findings.exists(f, " + each.cel + ")",
                facts ->
                        anyOf(
                                facts.findings().stream()
                                        .map(it -> each.eval(facts.with(it)))
                                        .toArray(Boolean[]::new)));
    }

    static Cond every(Cond each) {
        return new Cond(
                "findings.all(f, " + each.cel + ")",
                facts ->
                        allOf(
                                facts.findings().stream()
                                        .map(it -> each.eval(facts.with(it)))
                                        .toArray(Boolean[]::new)));
    }

    static Cond countAbove(Cond each, int limit) {
        return new Cond(
                "size(findings.filter(f, " + each.cel + ")) > " + limit,
                facts -> {
                    int count = 0;
                    for (var finding : facts.findings()) {
                        var one = each.eval(facts.with(finding));
                        if (one == null) {
                            return null;
                        }
                        count += one ? 1 : 0;
                    }
                    return count > limit;
                });
    }

    private static Boolean all(List<Cond> conds, Facts facts) {
        return allOf(conds.stream().map(it -> it.eval(facts)).toArray(Boolean[]::new));
    }

    private static Boolean any(List<Cond> conds, Facts facts) {
        return anyOf(conds.stream().map(it -> it.eval(facts)).toArray(Boolean[]::new));
    }

    private static Boolean allOf(Boolean... values) {
        boolean error = false;
        for (var value : values) {
            if (Boolean.FALSE.equals(value)) {
                return false;
            }
            error |= value == null;
        }
        return error ? null : true;
    }

    private static Boolean anyOf(Boolean... values) {
        boolean error = false;
        for (var value : values) {
            if (Boolean.TRUE.equals(value)) {
                return true;
            }
            error |= value == null;
        }
        return error ? null : false;
    }
}
