package io.spillway.policy.rule;

import io.spillway.policy.condition.Parts;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The most that one decision under a policy can cost, known before it is published: the nodes of
/// its conditions, those inside a loop over findings once for each finding there can be.
///
/// What is asked of a place counts once for each environment.
final class CostBound {
    /// Some 10 ms of one core in the worst case; an ordinary policy stays below 1 % of it.
    static final long MOST_STEPS = 5_000_000;

    private CostBound() {}

    /// Reports a policy that could cost too much.
    ///
    /// @param where the condition that costs most
    static void check(RuleSet rules, int environments, Position where, Problems problems) {
        long steps = steps(rules, Math.max(1, environments));
        if (steps > MOST_STEPS) {
            problems.add(
                    where,
                    "one decision could take %,d steps, more than %,d".formatted(steps, MOST_STEPS),
                    "ask less of each finding, or join rules that ask the same");
        }
    }

    static long steps(RuleSet rules, int environments) {
        long steps = sum(rules.raises().stream().map(RuleSet.RaiseRule::when).toList());
        long dearest = 0;
        long invariants = sum(rules.invariants().stream().map(RuleSet.NeverRule::never).toList());
        var governance = rules.governance();
        steps += sum(governance.residency().stream().map(it -> it.when()).toList());
        steps += sum(governance.priorities().stream().map(it -> it.when()).toList());
        steps += sum(governance.limits().stream().map(it -> it.when()).toList());
        for (var rule : rules.placement()) {
            steps += rule.when() == null ? 1 : Parts.mostSteps(rule.when().condition());
            var entries = new ArrayList<@Nullable CompiledCondition>();
            rule.use().forEach(it -> entries.add(it.when()));
            dearest = Math.max(dearest, sum(entries) + rule.use().size() * (1 + invariants));
        }
        return steps + dearest * environments;
    }

    private static long sum(List<? extends @Nullable CompiledCondition> conditions) {
        long sum = 0;
        for (var condition : conditions) {
            sum += condition == null ? 0 : Parts.mostSteps(condition.condition());
        }
        return sum;
    }
}
