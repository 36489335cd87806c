package io.spillway.cli.stack;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// Ends an installation, whatever state it is in: it needs the process table and nothing else.
public final class Down {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final StateDirectory state;
    private final PrintStream out;

    public Down(StateDirectory state, PrintStream out) {
        this.state = state;
        this.out = out;
    }

    /// Ends every recorded process that still lives, routers and servers before the control plane,
    /// and Postgres last. Returns how many were ended.
    public int run() throws IOException, InterruptedException {
        var table = new ProcessTable(state.processes());
        var ended = 0;
        // A fleet may start a server while it is being ended, so look again until none is left.
        for (var roles :
                List.of(
                        List.of("router", "control-plane"),
                        List.of("server"),
                        List.of("postgres"))) {
            var alive =
                    table.alive().stream().filter(entry -> roles.contains(entry.role())).toList();
            for (var entry : alive) {
                signal(entry, entry.role().equals("postgres") ? "INT" : "TERM");
            }
            awaitEnd(alive);
            ended += alive.size();
        }
        var left = table.alive();
        for (var entry : left) {
            out.printf(
                    "%s %d did not end within %d s; killing it%n",
                    entry.role(), entry.pid(), GRACE.toSeconds());
            signal(entry, "KILL");
        }
        awaitEnd(left);
        table.clear();
        return ended;
    }

    /// Deletes the installation's data after [#run].
    public void purge() throws IOException {
        state.purge();
    }

    private static void awaitEnd(List<ProcessTable.Entry> entries) throws InterruptedException {
        var deadline = System.nanoTime() + GRACE.toNanos();
        while (entries.stream().anyMatch(ProcessTable.Entry::alive)
                && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }

    private static void signal(ProcessTable.Entry entry, String name)
            throws IOException, InterruptedException {
        if (entry.alive()) {
            // ProcessHandle.destroy has no SIGINT, which is what tells Postgres to stop without
            // waiting.
            new ProcessBuilder("kill", "-" + name, Long.toString(entry.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
