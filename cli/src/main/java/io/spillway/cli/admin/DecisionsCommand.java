package io.spillway.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.cli.rehearse.ExportCommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway decisions`.
@Command(
        name = "decisions",
        mixinStandardHelpOptions = true,
        description = "See where requests went and why.",
        subcommands = ExportCommand.class)
public final class DecisionsCommand {
    private static final int REMEMBERED = 5_000;

    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description = "Show the newest decisions; with --follow, go on.")
    int tail(
            @Mixin Terminal terminal,
            @Option(
                            names = {"-n", "--limit"},
                            defaultValue = "20",
                            description = "how many (default: ${DEFAULT-VALUE})")
                    int limit,
            @Option(
                            names = {"-f", "--follow"},
                            description = "wait for more until Ctrl-C")
                    boolean follow)
            throws InterruptedException {
        var admin = terminal.admin();
        var newest = admin.get("decisions?limit=" + limit).orFail();
        if (terminal.json() && !follow) {
            terminal.print(newest);
            return ExitCode.OK;
        }
        var seen = new LinkedHashSet<String>();
        terminal.say(
                row(
                        "TIME",
                        "DECISION",
                        "TENANT",
                        "CLASS",
                        "OUTCOME",
                        "ENVIRONMENT",
                        "TTFT",
                        "QUEUE"));
        show(terminal, newest, seen);
        while (follow) {
            Thread.sleep(500);
            show(terminal, admin.get("decisions?limit=200").orFail(), seen);
            while (seen.size() > REMEMBERED) {
                seen.removeFirst();
            }
        }
        return ExitCode.OK;
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Tell why one request went where it went.")
    int explain(
            @Mixin Terminal terminal,
            @Parameters(
                            paramLabel = "ID",
                            description = "value of the response header x-spillway-decision")
                    String id) {
        var decision = terminal.admin().get("decisions/" + AdminClient.segment(id)).orFail();
        if (terminal.json()) {
            terminal.print(decision);
        } else {
            new DecisionStory(decision).lines().forEach(terminal::say);
        }
        return ExitCode.OK;
    }

    private static void show(Terminal terminal, JsonNode list, LinkedHashSet<String> seen) {
        var fresh = new ArrayList<JsonNode>();
        for (var item : list.path("items")) {
            if (seen.add(item.path("id").asText())) {
                fresh.addFirst(item);
            }
        }
        for (var item : fresh) {
            terminal.say(
                    row(
                            item.path("at").asText().replaceAll("^.*T|\\.\\d+Z$|Z$", ""),
                            item.path("id").asText(),
                            item.path("tenant").asText(),
                            item.path("dataClass").asText(),
                            item.path("outcome").asText(),
                            item.path("pool").path("environment").asText("-"),
                            item.path("ttftMillis").isNumber()
                                    ? item.get("ttftMillis").asText() + " ms"
                                    : "-",
                            item.path("queueMillis").asText("0") + " ms"));
        }
    }

    private static String row(String... cells) {
        var widths = List.of(8, 32, 16, 12, 9, 14, 10, 9);
        var line = new StringBuilder();
        for (var i = 0; i < cells.length; i++) {
            line.append(("%-" + widths.get(i) + "s ").formatted(cells[i]));
        }
        return line.toString().stripTrailing();
    }
}
