package io.spillway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.spillway.cli.admin.AdminClient;
import io.spillway.cli.stack.StateDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options and the output that all verbs share.
public final class Terminal {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int LINE = 200;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before any verb runs
    private CommandSpec spec;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = ".spillway",
            description = "directory of the installation (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path stateDirectory;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

    /// How answers are printed.
    public enum Format {
        TEXT,
        JSON
    }

    /// The installation's directory.
    public StateDirectory state() {
        return new StateDirectory(stateDirectory.toAbsolutePath().normalize());
    }

    /// The control plane of the running installation.
    public AdminClient admin() {
        return new AdminClient(
                URI.create(endpoints().path("adminUrl").asText()),
                state().read(state().adminToken()));
    }

    /// The content of `endpoints.json`.
    public JsonNode endpoints() {
        try {
            return JSON.readTree(state().read(state().endpoints()));
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    state().endpoints() + " is damaged: run ./spillway down and ./spillway up");
        }
    }

    /// Whether the caller asked for JSON.
    public boolean json() {
        return format == Format.JSON;
    }

    /// Prints one line.
    public void say(String text) {
        out().println(text);
        out().flush();
    }

    /// Prints one line about the work beside the answer, on the error stream.
    public void note(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }

    /// Prints a JSON document.
    public void print(JsonNode document) {
        try {
            say(JSON.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Prints rows under a heading, each column as wide as its longest cell.
    public void table(List<String> heading, List<List<String>> rows) {
        var columns = new Column[heading.size()];
        for (var i = 0; i < columns.length; i++) {
            var index = i;
            var widest = rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0);
            columns[i] =
                    new Column(
                            Math.max(widest, heading.get(i).length()) + 2, 0, Column.Overflow.SPAN);
        }
        var table = TextTable.forColumns(CommandLine.Help.defaultColorScheme(Ansi.OFF), columns);
        table.addRowValues(heading.toArray(String[]::new));
        rows.forEach(row -> table.addRowValues(row.toArray(String[]::new)));
        for (var line : table.toString().lines().toList()) {
            say(line.stripTrailing().substring(0, Math.min(LINE, line.stripTrailing().length())));
        }
    }

    private java.io.PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
