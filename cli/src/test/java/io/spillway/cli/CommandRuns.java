package io.spillway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Runs commands as the launcher does and keeps what they print.
public final class CommandRuns {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// The status that the command ends with.
    public int run(String... arguments) {
        return Spillway.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    /// Forgets what was printed so far.
    public void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
