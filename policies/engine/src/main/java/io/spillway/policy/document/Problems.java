package io.spillway.policy.document;

import io.spillway.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects the mistakes of one file, so that an author sees all of them at once.
public final class Problems {
    private final Set<PolicyProblem> found = new LinkedHashSet<>();

    /// Adds one.
    public void add(Position at, String message, String hint) {
        found.add(new PolicyProblem(at.line(), at.column(), message, hint, at.file()));
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// All, in the order of the file.
    public List<PolicyProblem> inOrder() {
        var sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.comparing(PolicyProblem::file)
                        .thenComparingInt(PolicyProblem::line)
                        .thenComparingInt(PolicyProblem::column));
        return sorted;
    }
}
