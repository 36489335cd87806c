package io.spillway.policy;

/// One mistake in a policy file or in a file that it imports.
///
/// @param line line, counted from 1
/// @param column column in code points, counted from 1
/// @param message what is wrong
/// @param hint how to mend it, empty when the message says it all
/// @param file name of the imported file, empty for the policy file itself
public record PolicyProblem(int line, int column, String message, String hint, String file) {

    /// A mistake in the policy file itself.
    public PolicyProblem(int line, int column, String message, String hint) {
        this(line, column, message, hint, "");
    }

    /// `FILE:LINE:COLUMN: MESSAGE; HINT`.
    ///
    /// @param policyFile how to call the policy file
    public String in(String policyFile) {
        return (file.isEmpty() ? policyFile : file) + ":" + this;
    }

    /// `LINE:COLUMN: MESSAGE; HINT`, to be put behind a file name and a colon.
    @Override
    public String toString() {
        return "%d:%d: %s%s".formatted(line, column, message, hint.isEmpty() ? "" : "; " + hint);
    }
}
