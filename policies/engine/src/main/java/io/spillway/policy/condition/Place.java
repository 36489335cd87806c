package io.spillway.policy.condition;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/// Where a condition stands in a policy, which decides what it may read.
public enum Place {
    /// `classification.rules[].when`: the class is not known yet, and it does not depend on the
    /// time of day.
    CLASSIFICATION("a classification rule", false, "findings"),
    /// `placement[].when`: no environment is looked at yet.
    PLACEMENT("the 'when' of a placement rule", true, "dataClass", "findings"),
    /// `placement[].use[].when`.
    USE(
            "the 'when' of a 'use' entry",
            true,
            "dataClass",
            "findings",
            "environment",
            "predictedTtft"),
    /// `when` of rules about residency, priorities and limits.
    GOVERNANCE("the 'when' of a residency, priority or limit rule", true, "dataClass", "findings"),
    /// `invariants[].never`: nothing that changes by the second, nor what a detector saw, so that
    /// it can be proven before publishing.
    INVARIANT("an invariant", false, "dataClass", "environment");

    private static final Set<String> OF_THE_REQUEST =
            Set.of("caller", "model", "operation", "unscanned");
    private static final Set<String> SIZES = Set.of("stream", "bodyBytes", "expectedPromptTokens");

    private final String words;
    private final boolean clock;
    private final ImmutableSet<String> own;

    Place(String words, boolean clock, String... own) {
        this.words = words;
        this.clock = clock;
        this.own = ImmutableSet.copyOf(own);
    }

    /// How to call it in a message.
    public String words() {
        return words;
    }

    /// Whether a condition may ask for the time there.
    public boolean clock() {
        return clock;
    }

    /// The variables that a condition may read there.
    public Set<String> variables() {
        var all = ImmutableSet.<String>builder().addAll(OF_THE_REQUEST).addAll(own);
        return this == INVARIANT ? all.build() : all.addAll(SIZES).build();
    }
}
