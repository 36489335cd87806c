package io.spillway.policy.rule;

import io.spillway.policy.condition.Check;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.ConditionCompiler;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;

/// A condition in its three forms: as written, as a tree that a proof can read, and as closures.
///
/// @param text as written
/// @param condition as a tree
/// @param check as closures
public record CompiledCondition(String text, Condition condition, Check check) {

    /// Compiles a condition.
    public static CompiledCondition of(String text, Condition condition) {
        return new CompiledCondition(text, condition, ConditionCompiler.compile(condition));
    }

    /// Whether its answer can change while a request waits.
    public boolean changesWithTime() {
        return Parts.changesWithTime(condition);
    }

    Truth test(Scope scope) {
        return check.test(scope);
    }

    /// What it means, which is the same wherever and whenever it was compiled.
    @Override
    public String toString() {
        return condition.toString();
    }
}
