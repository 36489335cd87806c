package io.spillway.policy;

import io.spillway.api.decision.Decision;
import io.spillway.api.request.Classification;
import java.util.List;

/// How one test of a policy file ended.
///
/// @param name the test's name
/// @param line line of the file it begins on, counted from 1
/// @param failures what came out otherwise than expected; empty when it passed
/// @param classification the class and what gave it
/// @param decision the decision and why
public record PolicyTestResult(
        String name,
        int line,
        List<String> failures,
        Classification classification,
        Decision decision) {

    public PolicyTestResult {
        failures = List.copyOf(failures);
    }

    /// Whether everything came out as expected.
    public boolean passed() {
        return failures.isEmpty();
    }
}
