package io.spillway.policy.rule;

import io.spillway.api.request.Classification.Source;
import io.spillway.policy.KnownNames;
import io.spillway.policy.condition.CelConditions;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Place;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import io.spillway.policy.rule.RuleSet.NeverRule;
import io.spillway.policy.rule.RuleSet.PlaceRule;
import io.spillway.policy.rule.RuleSet.RaiseRule;
import io.spillway.policy.rule.RuleSet.UseRule;
import java.util.ArrayList;
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
                                condition(entry.when(), Place.USE),
                                entry.maxMicrosPer1kTokens(),
                                entry.mask()));
            }
            placement.add(
                    PlaceRule.of(
                            rule.name().value(),
                            condition(rule.when(), Place.PLACEMENT),
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
        return new RuleSet(set.defaultClass(), raises, placement, invariants);
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
