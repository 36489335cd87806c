package io.spillway.policy.condition;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/// Where a condition stands in a policy, which decides what it may read.
public enum Place {
    /// `classification.rules[].when`: the class is not known yet.
    CLASSIFICATION(
            "a classification rule", ImmutableSet.of("findings", "caller", "model", "operation")),
    /// `placement[].when`: no environment is looked at yet.
    PLACEMENT(
            "the 'when' of a placement rule",
            ImmutableSet.of("dataClass", "findings", "caller", "model", "operation")),
    /// `placement[].use[].when`.
    USE(
            "the 'when' of a 'use' entry",
            ImmutableSet.of(
                    "dataClass",
                    "findings",
                    "caller",
                    "model",
                    "operation",
                    "environment",
                    "predictedTtft")),
    /// `invariants[].never`: nothing that changes by the second, nor what a detector saw, so that
    /// it can be proven before publishing.
    INVARIANT(
            "an invariant",
            ImmutableSet.of("dataClass", "caller", "model", "operation", "environment"));

    private final String words;
    private final ImmutableSet<String> variables;

    Place(String words, ImmutableSet<String> variables) {
        this.words = words;
        this.variables = variables;
    }

    /// How to call it in a message.
    public String words() {
        return words;
    }

    /// The variables that a condition may read there.
    public Set<String> variables() {
        return variables;
    }
}
