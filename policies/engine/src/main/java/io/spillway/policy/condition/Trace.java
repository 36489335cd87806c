package io.spillway.policy.condition;

import java.util.ArrayList;
import java.util.List;

/// A condition with the truth of each of its parts, for one request.
///
/// @param text the condition, or the finding that was asked
/// @param truth what came of it
/// @param parts what it is made of
public record Trace(String text, Truth truth, List<Trace> parts) {
    private static final int MOST_FINDINGS_SHOWN = 5;

    public Trace {
        parts = List.copyOf(parts);
    }

    /// Evaluates a condition and all its parts.
    public static Trace of(Condition condition, Scope scope) {
        return new Trace(
                CelText.of(condition),
                ConditionCompiler.compile(condition).test(scope),
                parts(condition, scope));
    }

    private static List<Trace> parts(Condition condition, Scope scope) {
        var parts = new ArrayList<Trace>();
        switch (condition) {
            case Condition.Both both -> chain(both, scope, parts);
            case Condition.Either either -> chain(either, scope, parts);
            case Condition.Not(var inner) -> parts.add(of(inner, scope));
            case Condition.AnyFinding(var inner) -> findings(inner, scope, parts);
            case Condition.EveryFinding(var inner) -> findings(inner, scope, parts);
            default -> {} // its text says it all
        }
        return parts;
    }

    /// `a && b && c` has three parts, however it is nested.
    private static void chain(Condition condition, Scope scope, List<Trace> into) {
        for (var part : Parts.conditions(condition)) {
            if (part.getClass() == condition.getClass()) {
                chain(part, scope, into);
            } else {
                into.add(of(part, scope));
            }
        }
    }

    private static void findings(Condition each, Scope scope, List<Trace> into) {
        var check = ConditionCompiler.compile(each);
        for (var finding : scope.findings.stream().limit(MOST_FINDINGS_SHOWN).toList()) {
            scope.finding = finding;
            var text =
                    "finding %s, %s, confidence %s"
                            .formatted(finding.type(), finding.category(), finding.confidence());
            into.add(new Trace(text, check.test(scope), List.of()));
        }
    }
}
