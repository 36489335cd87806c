package io.spillway.policy.diff;

import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.rule.CompiledCondition;
import io.spillway.policy.rule.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says which rules of two policies differ.
final class RuleChanges {
    private final List<String> changes = new ArrayList<>();

    private RuleChanges() {}

    static List<String> between(CompiledPolicy before, CompiledPolicy after) {
        var changes = new RuleChanges();
        changes.compare(sections(before.rules()), sections(after.rules()));
        changes.order(
                before.rules().placement().stream().map(RuleSet.PlaceRule::name).toList(),
                after.rules().placement().stream().map(RuleSet.PlaceRule::name).toList());
        return changes.changes;
    }

    private void compare(Map<String, String> before, Map<String, String> after) {
        before.forEach((name, meaning) -> {
            var now = after.get(name);
            if (now == null) {
                changes.add("removed %s: %s".formatted(name, meaning));
            } else if (!now.equals(meaning)) {
                changes.add("changed %s: %s; was: %s".formatted(name, now, meaning));
            }
        });
        after.forEach((name, meaning) -> {
            if (!before.containsKey(name)) {
                changes.add("added %s: %s".formatted(name, meaning));
            }
        });
    }

    private void order(List<String> before, List<String> after) {
        var was = new ArrayList<>(before);
        was.retainAll(after);
        var now = new ArrayList<>(after);
        now.retainAll(before);
        if (!was.equals(now)) {
            changes.add(
                    "changed order of placement rules: %s; was: %s"
                            .formatted(String.join(", ", now), String.join(", ", was)));
        }
    }

    /// Every rule by what it is called, with what it says.
    private static Map<String, String> sections(RuleSet rules) {
        var all = new LinkedHashMap<String, String>();
        all.put("default class", rules.defaultClass().wire());
        for (var raise : rules.raises()) {
            all.put(
                    "classification rule '%s'".formatted(raise.source().name().substring(5)),
                    "%s raises to %s"
                            .formatted(raise.when().text(), raise.source().dataClass().wire()));
        }
        for (var rule : rules.placement()) {
            all.put("placement rule '%s'".formatted(rule.name()), placement(rule));
        }
        var governance = rules.governance();
        for (var rule : governance.residency()) {
            all.put(
                    "residency rule '%s'".formatted(rule.name()),
                    "%s: %s".formatted(when(rule.when()), new TreeSet<>(rule.allow())));
        }
        for (var rule : governance.priorities()) {
            all.put(
                    "priority rule '%s'".formatted(rule.name()),
                    "%s: %d".formatted(when(rule.when()), rule.band()));
        }
        for (var rule : governance.limits()) {
            all.put(
                    "limit '%s'".formatted(rule.name()),
                    "%s: requests a minute %s, prompt tokens %s, output tokens %s"
                            .formatted(
                                    when(rule.when()),
                                    orNone(rule.requestsPerMinute()),
                                    orNone(rule.maxPromptTokens()),
                                    orNone(rule.maxOutputTokens())));
        }
        governance
                .budgets()
                .forEach((tenant, money) ->
                        all.put(
                                "budget of tenant '%s'".formatted(tenant),
                                money.nanos() / 1000 + " micro-" + money.currency()));
        for (var never : rules.invariants()) {
            all.put("invariant never \"%s\"".formatted(never.never().text()), "holds always");
        }
        return all;
    }

    private static String placement(RuleSet.PlaceRule rule) {
        var use = new ArrayList<String>();
        for (var entry : rule.use()) {
            use.add(
                    entry.target()
                            + (entry.when() == null ? "" : " when " + entry.when().text())
                            + (entry.maxMicrosPer1kTokens() == null
                                    ? ""
                                    : " up to " + entry.maxMicrosPer1kTokens() + " micros")
                            + (entry.mask().isEmpty()
                                    ? ""
                                    : " masking " + new TreeSet<>(entry.mask())));
        }
        return "%s use %s, then %s"
                .formatted(
                        when(rule.when()),
                        String.join(", ", use),
                        rule.degradeTo().isEmpty()
                                ? rule.whenFull().name().toLowerCase(java.util.Locale.ROOT)
                                : "degrade to " + String.join(", ", rule.degradeTo()));
    }

    private static String when(@Nullable CompiledCondition when) {
        return when == null ? "always" : "when " + when.text();
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? "unlimited" : value.toString();
    }
}
