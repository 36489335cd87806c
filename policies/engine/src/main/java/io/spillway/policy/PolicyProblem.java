package io.spillway.policy;

/// One mistake in a policy file.
///
/// @param line line, counted from 1
/// @param column column in code points, counted from 1
/// @param message what is wrong
/// @param hint how to mend it, empty when the message says it all
public record PolicyProblem(int line, int column, String message, String hint) {

    /// `LINE:COLUMN: MESSAGE; HINT`, to be put behind a file name and a colon.
    @Override
    public String toString() {
        return "%d:%d: %s%s".formatted(line, column, message, hint.isEmpty() ? "" : "; " + hint);
    }
}
