package io.spillway.policy.rule;

import io.spillway.api.environment.Money;
import io.spillway.api.request.Classification.Source;
import io.spillway.policy.KnownNames;
import io.spillway.policy.condition.CelConditions;
import io.spillway.policy.condition.CelText;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Place;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet;
import io.spillway.policy.document.PolicySet.Window;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.policy.rule.GovernanceRules.PriorityRule;
import io.spillway.policy.rule.GovernanceRules.ResidencyRule;
import io.spillway.policy.rule.RuleSet.NeverRule;
import io.spillway.policy.rule.RuleSet.PlaceRule;
import io.spillway.policy.rule.RuleSet.RaiseRule;
import io.spillway.policy.rule.RuleSet.UseRule;
import java.util.ArrayList;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Compiles the rules of a policy file. Its result counts only when no problem was found.
public final class RuleCompiler {
    private final CelConditions conditions;
    private final Problems problems;
    private Position dearest = new Position(1, 1);
    private long mostSteps;

    private RuleCompiler(CelConditions conditions, Problems problems) {
        this.conditions = conditions;
        this.problems = problems;
    }

    /// Compiles all rules; mistakes in conditions go into `problems`.
    public static RuleSet compile(PolicySet set, KnownNames known, Problems problems) {
        var compiler =
                new RuleCompiler(
                        new CelConditions(set.attributes(), known, set.detectors()), problems);
        var rules = compiler.rules(set);
        CostBound.check(rules, known.environments().size(), compiler.dearest, problems);
        return rules;
    }

    private RuleSet rules(PolicySet set) {
        var raises = new ArrayList<RaiseRule>();
        for (var raise : set.raises()) {
            var when = condition(raise.when(), Place.CLASSIFICATION);
            if (when != null) {
                raises.add(new RaiseRule(when, new Source("rule:" + raise.name(), raise.to())));
            }
        }
        var placement = new ArrayList<PlaceRule>();
        for (var rule : set.placement()) {
            var use = new ArrayList<UseRule>();
            for (var entry : rule.use()) {
                use.add(
                        new UseRule(
                                "use " + (use.size() + 1),
                                entry.target(),
                                entry.zone(),
                                entry.environment(),
                                condition(entry.when(), entry.window(), Place.USE),
                                entry.maxMicrosPer1kTokens(),
                                entry.mask()));
            }
            placement.add(
                    PlaceRule.of(
                            rule.name().value(),
                            condition(rule.when(), rule.window(), Place.PLACEMENT),
                            use,
                            rule.whenFull(),
                            rule.degradeTo()));
        }
        var invariants = new ArrayList<NeverRule>();
        for (var invariant : set.invariants()) {
            var never = condition(invariant.never(), Place.INVARIANT);
            if (never != null) {
                invariants.add(new NeverRule(never));
            }
        }
        return new RuleSet(
                set.defaultClass(), raises, placement, invariants, governance(set.governance()));
    }

    private GovernanceRules governance(PolicySet.Governance written) {
        var budgets = new HashMap<String, Money>();
        written.budgets().forEach(it -> budgets.put(it.tenant(), it.monthly()));
        return new GovernanceRules(
                written.residency().stream()
                        .map(it ->
                                new ResidencyRule(
                                        it.name(),
                                        condition(it.when(), Place.GOVERNANCE),
                                        it.allow()))
                        .toList(),
                written.priorities().stream()
                        .map(it ->
                                new PriorityRule(
                                        it.name(),
                                        condition(it.when(), Place.GOVERNANCE),
                                        it.band()))
                        .toList(),
                written.limits().stream()
                        .map(it ->
                                new LimitRule(
                                        it.name(),
                                        condition(it.when(), Place.GOVERNANCE),
                                        it.per(),
                                        it.requestsPerMinute(),
                                        it.maxPromptTokens(),
                                        it.maxOutputTokens()))
                        .toList(),
                budgets);
    }

    /// A condition and a window, joined when both are there.
    private @Nullable CompiledCondition condition(
            @Nullable Expression expression, @Nullable Window window, Place place) {
        var written = condition(expression, place);
        if (window == null) {
            return written;
        }
        var open = Windows.condition(window);
        if (written == null) {
            return CompiledCondition.of(CelText.of(open), open);
        }
        var joined = new Condition.Both(written.condition(), open);
        return CompiledCondition.of("(" + written.text() + ") && " + inBrackets(open), joined);
    }

    private static String inBrackets(Condition condition) {
        return "(" + CelText.of(condition) + ")";
    }

    private @Nullable CompiledCondition condition(@Nullable Expression expression, Place place) {
        if (expression == null) {
            return null;
        }
        var condition = conditions.translate(expression, place, problems).orElse(null);
        if (condition == null) {
            return null;
        }
        long steps = Parts.mostSteps(condition);
        if (steps > mostSteps) {
            mostSteps = steps;
            dearest = expression.start();
        }
        return CompiledCondition.of(expression.text().strip(), condition);
    }
}
