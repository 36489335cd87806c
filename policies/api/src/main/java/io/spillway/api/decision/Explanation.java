package io.spillway.api.decision;

import java.util.List;

/// Why a decision came out as it did. Holds names, classes and numbers, never text of the caller.
///
/// @param rule the placement rule that matched, empty when none did
/// @param steps what was weighed, in order
public record Explanation(String rule, List<Step> steps) {

    public Explanation {
        steps = List.copyOf(steps);
    }

    /// One step of the reasoning.
    ///
    /// @param subject what was looked at, such as `classification`, `rule sensitive-stays-home` or
    ///   `pool aws-burst/chat-v1`
    /// @param outcome what came of it, in words for an operator
    public record Step(String subject, String outcome) {}
}
