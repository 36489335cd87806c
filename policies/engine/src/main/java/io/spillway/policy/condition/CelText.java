package io.spillway.policy.condition;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes conditions and their parts as an author would, for explanations.
public final class CelText {
    private CelText() {}

    /// A condition as CEL.
    public static String of(Condition condition) {
        return switch (condition) {
            case Condition.Always(var value) -> String.valueOf(value);
            case Condition.Not(var inner) -> "!" + bracketed(inner);
            case Condition.Both(var left, var right) ->
                    inside(left, Condition.Either.class)
                            + " && "
                            + inside(right, Condition.Either.class);
            case Condition.Either(var left, var right) ->
                    inside(left, Condition.Both.class)
                            + " || "
                            + inside(right, Condition.Both.class);
            case Condition.Holds(var flag) -> of(flag);
            case Condition.Compare(var comparison, var left, var right) ->
                    of(left) + " " + sign(comparison) + " " + of(right);
            case Condition.OneOf(var term, var choices) -> of(term) + " in " + list(choices);
            case Condition.HasRole(var role) -> of(role) + " in caller.roles";
            case Condition.Unscanned(var kind) -> of(kind) + " in unscanned";
            case Condition.Has(var term) -> "has(" + of(term) + ")";
            case Condition.Prefix(var text, var part) -> method(text, "startsWith", part);
            case Condition.Suffix(var text, var part) -> method(text, "endsWith", part);
            case Condition.Contains(var text, var part) -> method(text, "contains", part);
            case Condition.AnyFinding(var inner) -> "findings.exists(f, " + of(inner) + ")";
            case Condition.EveryFinding(var inner) -> "findings.all(f, " + of(inner) + ")";
            case Condition.JurisdictionIn(var codes) ->
                    "environment.jurisdiction in " + list(codes);
        };
    }

    /// A term as CEL.
    public static String of(Term term) {
        return switch (term) {
            case Term.Text(var value) ->
                    "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case Term.Whole(var value) -> String.valueOf(value);
            case Term.Real(var value) -> String.valueOf(value);
            case Term.Span(var nanos) -> "duration('" + span(nanos) + "')";
            case Term.ClassName(var value) -> value.wire();
            case Term.Flag(var value) -> String.valueOf(value);
            case Term.Read read -> of(read.fact());
            case Term.Attribute(var name, _) -> "caller.attributes." + name;
            case Term.Clock(var part, var zone) -> part.cel() + "('" + zone + "')";
            case Term.Count(var where) -> count(where);
        };
    }

    private static String of(Fact fact) {
        return switch (fact) {
            case FINDING_TYPE, FINDING_CATEGORY, FINDING_CONFIDENCE -> "f." + fact.cel();
            default -> fact.cel();
        };
    }

    private static String count(@Nullable Condition where) {
        return where == null ? "size(findings)" : "size(findings.filter(f, " + of(where) + "))";
    }

    private static String span(long nanos) {
        return nanos % 1_000_000_000 == 0
                ? nanos / 1_000_000_000 + "s"
                : nanos % 1_000_000 == 0
                        ? nanos / 1_000_000 + "ms"
                        : Duration.ofNanos(nanos).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String method(Term text, String name, Term part) {
        return of(text) + "." + name + "(" + of(part) + ")";
    }

    private static String list(List<Term> terms) {
        return terms.stream().map(CelText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String inside(Condition condition, Class<? extends Condition> other) {
        return other.isInstance(condition) ? "(" + of(condition) + ")" : of(condition);
    }

    private static String bracketed(Condition condition) {
        return switch (condition) {
            case Condition.Not _,
                    Condition.Both _,
                    Condition.Either _,
                    Condition.Compare _,
                    Condition.OneOf _,
                    Condition.HasRole _,
                    Condition.Unscanned _,
                    Condition.JurisdictionIn _ ->
                    "(" + of(condition) + ")";
            default -> of(condition);
        };
    }

    private static String sign(Condition.Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case AT_MOST -> "<=";
            case GREATER -> ">";
            case AT_LEAST -> ">=";
        };
    }
}
