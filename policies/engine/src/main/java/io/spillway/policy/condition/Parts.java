package io.spillway.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Takes conditions apart, for whoever asks what they read or cost.
public final class Parts {
    private Parts() {}

    /// The conditions directly inside one, those of loops over findings included.
    public static List<Condition> conditions(Condition condition) {
        return switch (condition) {
            case Condition.Not(var inner) -> List.of(inner);
            case Condition.Both(var left, var right) -> List.of(left, right);
            case Condition.Either(var left, var right) -> List.of(left, right);
            case Condition.AnyFinding(var inner) -> List.of(inner);
            case Condition.EveryFinding(var inner) -> List.of(inner);
            case Condition.Always _,
                    Condition.Holds _,
                    Condition.Compare _,
                    Condition.OneOf _,
                    Condition.HasRole _,
                    Condition.Unscanned _,
                    Condition.Has _,
                    Condition.Prefix _,
                    Condition.Suffix _,
                    Condition.Contains _,
                    Condition.JurisdictionIn _ ->
                    List.of();
        };
    }

    /// The terms directly inside a condition.
    public static List<Term> terms(Condition condition) {
        return switch (condition) {
            case Condition.Holds(var flag) -> List.of(flag);
            case Condition.Compare(_, var left, var right) -> List.of(left, right);
            case Condition.OneOf(var term, var choices) -> {
                var all = new ArrayList<Term>();
                all.add(term);
                all.addAll(choices);
                yield all;
            }
            case Condition.HasRole(var role) -> List.of(role);
            case Condition.Unscanned(var kind) -> List.of(kind);
            case Condition.Has(var term) -> List.of(term);
            case Condition.Prefix(var text, var part) -> List.of(text, part);
            case Condition.Suffix(var text, var part) -> List.of(text, part);
            case Condition.Contains(var text, var part) -> List.of(text, part);
            case Condition.JurisdictionIn(var codes) -> codes;
            case Condition.Always _,
                    Condition.Not _,
                    Condition.Both _,
                    Condition.Either _,
                    Condition.AnyFinding _,
                    Condition.EveryFinding _ ->
                    List.of();
        };
    }

    /// Visits a condition and all below it, what counts of findings ask included.
    public static void visit(Condition condition, Consumer<Condition> visitor) {
        visitor.accept(condition);
        conditions(condition).forEach(it -> visit(it, visitor));
        for (var term : terms(condition)) {
            if (term instanceof Term.Count(var where) && where != null) {
                visit(where, visitor);
            }
        }
    }

    /// Whether some term in it is such a one.
    public static boolean reads(Condition condition, Predicate<Term> wanted) {
        var found = new boolean[1];
        visit(condition, it -> found[0] |= terms(it).stream().anyMatch(wanted));
        return found[0];
    }

    /// Whether its answer can change while a request waits, by the clock or by a prediction.
    public static boolean changesWithTime(Condition condition) {
        return reads(
                condition,
                term ->
                        term instanceof Term.Clock
                                || (term instanceof Term.Read(var fact)
                                        && fact == Fact.PREDICTED_TTFT));
    }

    /// The most steps that evaluating it takes, a step being one node of the tree.
    public static long mostSteps(Condition condition) {
        long steps = 1;
        for (var inner : conditions(condition)) {
            boolean loop =
                    condition instanceof Condition.AnyFinding
                            || condition instanceof Condition.EveryFinding;
            steps += mostSteps(inner) * (loop ? Scope.MOST_FINDINGS : 1);
        }
        for (var term : terms(condition)) {
            steps +=
                    term instanceof Term.Count(var where) && where != null
                            ? mostSteps(where) * Scope.MOST_FINDINGS
                            : 1;
        }
        return steps;
    }
}
