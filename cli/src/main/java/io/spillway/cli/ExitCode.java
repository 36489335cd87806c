package io.spillway.cli;

/// What the exit status of every verb means.
public final class ExitCode {
    public static final int OK = 0;

    /// The command worked and its answer is no: a test failed, an invariant broke, a probe found
    /// nothing.
    public static final int NEGATIVE = 1;

    /// The command line is wrong.
    public static final int USAGE = 2;

    /// Something the command needs cannot be reached: the stack is not up, a port is taken.
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
