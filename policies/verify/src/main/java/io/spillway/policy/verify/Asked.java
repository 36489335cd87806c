package io.spillway.policy.verify;

import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Term;
import io.spillway.policy.rule.RuleSet;
import io.spillway.policy.rule.RuleSet.UseRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What a policy asks: all its conditions and everything inside them.
final class Asked {
    private final List<Condition> conditions = new ArrayList<>();
    private final Set<Set<String>> masks = new LinkedHashSet<>();

    private final Set<String> codes = new LinkedHashSet<>();

    Asked(RuleSet rules) {
        rules.raises().forEach(it -> add(it.when().condition()));
        for (var rule : rules.placement()) {
            var when = rule.when();
            if (when != null) {
                add(when.condition());
            }
            rule.use().forEach(this::add);
        }
        for (var rule : rules.governance().residency()) {
            codes.addAll(rule.allow());
            var when = rule.when();
            if (when != null) {
                add(when.condition());
            }
        }
        rules.invariants().forEach(it -> add(it.never().condition()));
    }

    private void add(UseRule use) {
        var when = use.when();
        if (when != null) {
            add(when.condition());
        }
        if (!use.mask().isEmpty()) {
            masks.add(use.mask());
        }
    }

    private void add(Condition condition) {
        Parts.visit(condition, conditions::add);
    }

    /// All conditions, at every depth.
    List<Condition> conditions() {
        return conditions;
    }

    /// The sets of types that some entry masks.
    Set<Set<String>> masks() {
        return masks;
    }

    boolean reads(Predicate<Term> wanted) {
        return conditions.stream().flatMap(it -> Parts.terms(it).stream()).anyMatch(wanted);
    }

    /// The texts that stand beside a fact.
    Set<String> texts(Fact fact) {
        var found = new LinkedHashSet<String>();
        for (var condition : conditions) {
            var terms = Parts.terms(condition);
            if (terms.contains(new Term.Read(fact))) {
                terms.forEach(it -> {
                    if (it instanceof Term.Text(var text)) {
                        found.add(text);
                    }
                });
            }
        }
        return found;
    }

    /// The kinds of unscanned content that it names.
    Set<String> unscanned() {
        var found = new LinkedHashSet<String>();
        for (var condition : conditions) {
            if (condition instanceof Condition.Unscanned(Term.Text(var kind))) {
                found.add(kind);
            }
        }
        return found;
    }

    /// The jurisdiction codes that it names.
    Set<String> jurisdictions() {
        var found = new LinkedHashSet<>(codes);
        for (var condition : conditions) {
            if (condition instanceof Condition.JurisdictionIn(var codes)) {
                codes.forEach(it -> {
                    if (it instanceof Term.Text(var text)) {
                        found.add(text);
                    }
                });
            }
        }
        return found;
    }
}
