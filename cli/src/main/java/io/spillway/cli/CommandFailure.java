package io.spillway.cli;

/// A failure that the person at the terminal can mend. Its message is one line that says what,
/// where and how to mend; no stack trace is shown.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// The exit status to end with, one of [ExitCode].
    public int exitCode() {
        return exitCode;
    }
}
