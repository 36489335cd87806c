package io.spillway.cli.rehearse;

import io.spillway.api.environment.Environment;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.KnownNames;
import io.spillway.policy.features.Features;
import io.spillway.policy.simulate.LogLine;
import io.spillway.policy.simulate.Rehearsal;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/// A decision log or a trace on disk.
final class DecisionLogFile {
    private static final int MOST_SHOWN = 20;
    private static final long SMALL = 4 << 20;
    private static final byte[] STATE = "{\"state\":".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final Terminal terminal;
    private int wrongLines;

    DecisionLogFile(Path file, Terminal terminal) {
        this.file = file;
        this.terminal = terminal;
    }

    /// The environments and models of all states in the log; null when it holds no state, so that
    /// it is a trace.
    @Nullable KnownNames names() throws IOException {
        var environments = new HashMap<String, Environment>();
        var models = new HashSet<String>();
        boolean any = false;
        try (var lines = new JsonLines(file)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                var state = startsWith(line) ? read(line, lines.number()) : null;
                if (state != null && state.state() != null) {
                    any = true;
                    state.state().environments().forEach(it -> environments.put(it.name(), it));
                    state.state().models().forEach(it -> models.add(it.name()));
                }
            }
        }
        check();
        return any ? new KnownNames(environments, models) : null;
    }

    private static boolean startsWith(byte[] line) {
        if (line.length < STATE.length) {
            return false;
        }
        for (int i = 0; i < STATE.length; i++) {
            if (line[i] != STATE[i]) {
                return false;
            }
        }
        return true;
    }

    /// Gives every line to a rehearsal.
    void replay(Rehearsal rehearsal) throws IOException {
        long size = Files.size(file);
        try (var lines = new JsonLines(file);
                var bar = size < SMALL ? null : Bars.overBytes("simulate", size)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                var read = read(line, lines.number());
                if (read != null) {
                    give(read, lines.number(), rehearsal);
                }
                if (bar != null) {
                    bar.stepTo(lines.read());
                }
            }
        }
        check();
    }

    private void give(LogLine line, int number, Rehearsal rehearsal) {
        if (line.state() != null) {
            rehearsal.state(line.state());
        } else if (line.decision() != null) {
            rehearsal.decision(line.decision());
        } else if (line.features() != null) {
            rehearsal.trace("%s:%d".formatted(file.getFileName(), number), line.features());
        }
    }

    private @Nullable LogLine read(byte[] line, int number) {
        var text = new String(line, StandardCharsets.UTF_8);
        try {
            // A counterexample of a proof is a line too, as it was printed.
            return text.startsWith("{\"request\"")
                    ? new LogLine(null, null, Json.read(text, Features.class))
                    : Json.read(text, LogLine.class);
        } catch (MalformedJsonException e) {
            wrongLines++;
            if (wrongLines <= MOST_SHOWN) {
                terminal.note(
                        "%s:%d: this is no line of a decision log (%s); write the log with ./spillway decisions export"
                                .formatted(file, number, e.getMessage()));
            }
            return null;
        }
    }

    private void check() {
        if (wrongLines > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%d of the lines of %s cannot be read, so nothing is said about it"
                            .formatted(wrongLines, file));
        }
    }
}
