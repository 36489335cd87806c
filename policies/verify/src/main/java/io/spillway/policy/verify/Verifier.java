package io.spillway.policy.verify;

import com.microsoft.z3.Version;

/// Proves policies.
public final class Verifier {
    private Verifier() {}

    /// Loads the solver, which takes about half a second the first time; to be called in the
    /// background when a process starts.
    ///
    /// @return the solver's version
    public static String warmUp() {
        return Version.getString();
    }
}
