package io.spillway.policy.explain;

import io.spillway.api.decision.Explanation.Step;
import io.spillway.api.request.Classification;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Trace;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.features.Features;
import io.spillway.policy.rule.CompiledCondition;
import io.spillway.policy.rule.Placer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of an explanation with what it rests on. Holds names, classes and numbers, never text
/// of the caller.
///
/// @param text what was looked at and what came of it
/// @param because what that rests on
public record Why(String text, List<Why> because) {

    public Why {
        because = List.copyOf(because);
    }

    private Why(String text) {
        this(text, List.of());
    }

    /// Why a policy decides as it does about a request.
    public static Why of(CompiledPolicy policy, Features features) {
        var classification = features.classify(policy);
        var placed = features.place(policy);
        var scope = Placer.scope(features.request(), classification, features.now());
        var because = new ArrayList<Why>();
        because.add(classes(policy, classification, scope));
        because.addAll(rules(policy, scope));
        because.add(places(placed.decision().explanation().steps()));
        policy.priority(features.request(), classification, features.now())
                .ifPresent(rule ->
                        because.add(
                                new Why(
                                        "priority %d by rule '%s'"
                                                .formatted(rule.band(), rule.name()))));
        for (var limit : policy.limits(features.request(), classification, features.now())) {
            because.add(new Why("limit '%s' applies".formatted(limit.name())));
        }
        var kind = placed.decision().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        var rule = placed.decision().explanation().rule();
        return new Why(rule.isEmpty() ? kind : kind + " by rule '" + rule + "'", because);
    }

    private static Why classes(
            CompiledPolicy policy, Classification classification, Scope whileDeciding) {
        var because = new ArrayList<Why>();
        for (var source : classification.sources()) {
            because.add(new Why(source.name() + " asks for " + source.dataClass().wire()));
        }
        for (var raise : policy.rules().raises()) {
            because.add(
                    condition(
                            "rule '%s' would raise to %s"
                                    .formatted(
                                            raise.source().name().replace("rule:", ""),
                                            raise.source().dataClass().wire()),
                            raise.when(),
                            whileDeciding));
        }
        return new Why("class " + classification.dataClass().wire(), because);
    }

    /// Placement rules down to the one that decided, and what narrows it.
    private static List<Why> rules(CompiledPolicy policy, Scope scope) {
        var tried = new ArrayList<Why>();
        for (var rule : policy.rules().placement()) {
            var line = condition("rule '%s'".formatted(rule.name()), rule.when(), scope);
            tried.add(line);
            var when = rule.when();
            if (when == null || when.check().test(scope) != Truth.FALSE) {
                break;
            }
        }
        for (var rule : policy.rules().governance().residency()) {
            tried.add(
                    condition(
                            "residency rule '%s' allows %s"
                                    .formatted(
                                            rule.name(),
                                            rule.allow().isEmpty()
                                                    ? "private places only"
                                                    : rule.allow().stream().sorted().toList()),
                            rule.when(),
                            scope));
        }
        return tried;
    }

    private static Why places(List<Step> steps) {
        return new Why(
                "places",
                steps.stream()
                        .filter(it ->
                                !it.subject().equals("classification")
                                        && !it.subject().startsWith("rule "))
                        .map(it -> new Why(it.subject() + ": " + it.outcome()))
                        .toList());
    }

    private static Why condition(String what, @Nullable CompiledCondition when, Scope scope) {
        if (when == null) {
            return new Why(what + ": always");
        }
        var trace = Trace.of(when.condition(), scope);
        return new Why(what + ": " + word(trace.truth()), List.of(line(trace)));
    }

    private static Why line(Trace trace) {
        return new Why(
                trace.text() + "  -> " + word(trace.truth()),
                trace.parts().stream().map(Why::line).toList());
    }

    private static String word(Truth truth) {
        return truth == Truth.ERROR ? "unknown" : truth.name().toLowerCase(Locale.ROOT);
    }

    /// The tree as indented lines.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(text);
        for (var one : because) {
            one.lines().forEach(it -> lines.add("  " + it));
        }
        return lines;
    }
}
