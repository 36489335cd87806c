package io.spillway.policy.rule;

import io.spillway.api.decision.Explanation.Step;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.policy.rule.GovernanceRules.PriorityRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Applies the rules about amounts and jurisdictions to one request.
public final class Governor {
    private final GovernanceRules rules;

    public Governor(GovernanceRules rules) {
        this.rules = rules;
    }

    /// The jurisdictions that a caller's data may enter, narrowed by every residency rule that
    /// applies. A rule that cannot be evaluated leaves private environments only.
    Set<String> allowed(Set<String> allowed, Scope scope, List<Step> steps) {
        var rest = allowed;
        for (var rule : rules.residency()) {
            var truth = truth(rule.when(), scope);
            if (truth == Truth.FALSE) {
                continue;
            }
            var narrowed = new HashSet<>(rest);
            narrowed.retainAll(truth == Truth.TRUE ? rule.allow() : Set.of());
            rest = narrowed;
            steps.add(
                    new Step(
                            "residency " + rule.name(),
                            truth == Truth.ERROR
                                    ? "cannot be evaluated, so private environments only"
                                    : rule.allow().isEmpty()
                                            ? "private environments only"
                                            : "data may enter "
                                                    + String.join(
                                                            ", ", new TreeSet<>(rule.allow()))));
        }
        return rest;
    }

    /// The first priority rule that matches; one that cannot be evaluated does not.
    public Optional<PriorityRule> priority(Scope scope) {
        for (var rule : rules.priorities()) {
            if (truth(rule.when(), scope) == Truth.TRUE) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /// All limits that apply; one that cannot be evaluated does.
    public List<LimitRule> limits(Scope scope) {
        if (rules.limits().isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<LimitRule>();
        for (var rule : rules.limits()) {
            if (truth(rule.when(), scope) != Truth.FALSE) {
                all.add(rule);
            }
        }
        return all;
    }

    private static Truth truth(@Nullable CompiledCondition when, Scope scope) {
        return when == null ? Truth.TRUE : when.test(scope);
    }
}
