package io.spillway.policy;

import java.util.List;

/// What became of a policy file: it is taken whole or refused whole.
public sealed interface CompileResult {

    /// The file is right.
    record Compiled(CompiledPolicy policy) implements CompileResult {}

    /// The file is wrong.
    ///
    /// @param problems every mistake found, in the order of the file; at least one
    record Rejected(List<PolicyProblem> problems) implements CompileResult {
        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a rejected policy needs at least one problem");
            }
        }
    }
}
