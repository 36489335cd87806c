package io.spillway.cli.stack;

import java.io.PrintStream;
import java.time.Duration;

/// One line per step of a start: what, whether it worked, how long it took.
final class Progress {
    private final PrintStream out;
    private final long began = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    /// Says that a step is done. Steps run side by side, so the time is that since the beginning.
    synchronized void done(String step) {
        out.printf("  %-34s ready after %4.1f s%n", step, elapsed().toMillis() / 1000.0);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
