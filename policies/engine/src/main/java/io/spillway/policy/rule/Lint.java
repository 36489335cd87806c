package io.spillway.policy.rule;

import io.spillway.policy.PolicyProblem;
import io.spillway.policy.condition.CelText;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Term;
import io.spillway.policy.document.PolicySet;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Finds what is allowed and yet cannot be meant: rules that never decide, rules that change
/// nothing, attributes that nobody reads. Looks at the text of conditions only; what follows from
/// their meaning is for the proof.
public final class Lint {
    private final PolicySet set;
    private final RuleSet rules;
    private final Problems warnings = new Problems();

    private Lint(PolicySet set, RuleSet rules) {
        this.set = set;
        this.rules = rules;
    }

    /// The warnings about a policy that compiled.
    public static List<PolicyProblem> warnings(PolicySet set, RuleSet rules) {
        var lint = new Lint(set, rules);
        lint.raises();
        lint.placement();
        lint.invariants();
        lint.priorities();
        lint.attributes();
        return lint.warnings.inOrder();
    }

    private void raises() {
        for (int i = 0; i < set.raises().size(); i++) {
            var raise = set.raises().get(i);
            if (raise.to().compareTo(set.defaultClass()) <= 0) {
                warnings.add(
                        raise.when().start(),
                        "rule '%s' raises to %s, which every request has already"
                                .formatted(raise.name(), raise.to().wire()),
                        "raise above 'default: %s' or remove the rule"
                                .formatted(set.defaultClass().wire()));
            }
            constant(
                    rules.raises().get(i).when(),
                    raise.when().start(),
                    "classification rule '%s'".formatted(raise.name()));
        }
    }

    private void placement() {
        var seen = new HashMap<String, String>();
        String always = null;
        for (int i = 0; i < set.placement().size(); i++) {
            var rule = rules.placement().get(i);
            var written = set.placement().get(i);
            var at = written.name().at();
            var when = rule.when();
            var same =
                    when == null
                            ? null
                            : seen.putIfAbsent(CelText.of(when.condition()), rule.name());
            if (always != null) {
                warnings.add(
                        at,
                        "rule '%s' is never asked: rule '%s' before it matches every request"
                                .formatted(rule.name(), always),
                        "put it before '%s' or remove it".formatted(always));
            } else if (same != null) {
                warnings.add(
                        at,
                        "rule '%s' never matches: rule '%s' before it has the same condition"
                                .formatted(rule.name(), same),
                        "join the two");
            } else if (when != null) {
                constant(when, at, "rule '%s'".formatted(rule.name()));
            }
            if (when == null || when.condition() instanceof Condition.Always(var value) && value) {
                always = always == null ? rule.name() : always;
            }
            use(rule, written);
        }
    }

    private void use(RuleSet.PlaceRule rule, PolicySet.PlacementRule written) {
        var taken = new HashSet<String>();
        for (int i = 0; i < rule.use().size(); i++) {
            var entry = rule.use().get(i);
            var zone = entry.zone() == null ? "" : "zone " + entry.zone().wire();
            var expression = written.use().get(i).when();
            var at = expression == null ? written.name().at() : expression.start();
            if (taken.contains(entry.target()) || taken.contains(zone)) {
                warnings.add(
                        at,
                        "%s of rule '%s' selects nothing more: %s stands before it without a condition"
                                .formatted(entry.label(), rule.name(), entry.target()),
                        "remove it or put it first");
            } else if (entry.when() != null) {
                constant(entry.when(), at, entry.label() + " of rule '" + rule.name() + "'");
            }
            if (entry.when() == null
                    && entry.maxMicrosPer1kTokens() == null
                    && entry.mask().isEmpty()) {
                taken.add(entry.target());
            }
        }
    }

    private void invariants() {
        var seen = new HashSet<String>();
        for (int i = 0; i < set.invariants().size(); i++) {
            var never = rules.invariants().get(i).never();
            var at = set.invariants().get(i).never().start();
            if (!seen.add(CelText.of(never.condition()))) {
                warnings.add(at, "this invariant stands in the file twice", "remove one of them");
            } else {
                constant(never, at, "this invariant");
            }
        }
    }

    private void priorities() {
        String always = null;
        for (int i = 0; i < rules.governance().priorities().size(); i++) {
            var rule = rules.governance().priorities().get(i);
            var when = set.governance().priorities().get(i).when();
            if (always != null) {
                warnings.add(
                        when == null ? new Position(1, 1) : when.start(),
                        "priority rule '%s' is never asked: '%s' before it matches every request"
                                .formatted(rule.name(), always),
                        "put it before '%s' or remove it".formatted(always));
            } else if (rule.when() == null) {
                always = rule.name();
            }
        }
    }

    private void constant(CompiledCondition when, Position at, String what) {
        if (when.condition() instanceof Condition.Always(var value)) {
            warnings.add(
                    at,
                    "%s is always %s".formatted(what, value),
                    value ? "leave the condition out" : "remove it");
        }
    }

    private void attributes() {
        var read = new HashSet<String>();
        conditions()
                .forEach(condition ->
                        Parts.visit(
                                condition,
                                part -> {
                                    for (var term : Parts.terms(part)) {
                                        if (term instanceof Term.Attribute(var name, _)) {
                                            read.add(name);
                                        }
                                    }
                                }));
        set.attributePositions()
                .forEach((name, at) -> {
                    if (!read.contains(name)) {
                        warnings.add(
                                at,
                                "no condition reads attribute '%s'".formatted(name),
                                "remove it, or read caller.attributes.%s".formatted(name));
                    }
                });
    }

    private Stream<Condition> conditions() {
        var governance = rules.governance();
        return Stream.of(
                        rules.raises().stream().map(RuleSet.RaiseRule::when),
                        rules.placement().stream().map(RuleSet.PlaceRule::when),
                        rules.placement().stream()
                                .flatMap(it -> it.use().stream())
                                .map(RuleSet.UseRule::when),
                        rules.invariants().stream().map(RuleSet.NeverRule::never),
                        governance.residency().stream().map(it -> it.when()),
                        governance.priorities().stream().map(it -> it.when()),
                        governance.limits().stream().map(it -> it.when()))
                .flatMap(it -> it)
                .filter(Objects::nonNull)
                .map(CompiledCondition::condition);
    }
}
