package io.spillway.cli.stack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `spillway status`.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show what runs, what serves, and what is wrong.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin private final Terminal terminal = new Terminal();

    @Override
    public Integer call() throws IOException {
        var processes = new ProcessTable(terminal.state().processes()).alive();
        if (processes.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "nothing runs in %s; start with ./spillway up"
                            .formatted(terminal.state().root()));
        }
        var endpoints = terminal.endpoints();
        var admin = terminal.admin();
        var status = admin.get("status").orFail();
        var servers = admin.get("endpoints").orFail().path("items");
        if (terminal.json()) {
            var all = JsonNodeFactory.instance.objectNode();
            all.set("urls", endpoints);
            all.set("status", status);
            all.set("endpoints", servers);
            terminal.print(all);
            return ExitCode.OK;
        }
        terminal.say("API      " + endpoints.path("routerUrl").asText() + "/v1");
        terminal.say("console  " + endpoints.path("consoleUrl").asText());
        terminal.say("");
        var running = new ArrayList<List<String>>();
        processes.forEach(entry -> running.add(List.of(entry.role(), Long.toString(entry.pid()))));
        terminal.table(List.of("PROCESS", "PID"), running);
        terminal.say("");
        var rows = new ArrayList<List<String>>();
        for (var server : servers) {
            rows.add(
                    List.of(
                            server.path("id").asText(),
                            server.path("environment").asText(),
                            server.path("modelVersion").asText(),
                            server.path("state").asText(),
                            server.path("url").asText()));
        }
        terminal.table(List.of("ENDPOINT", "ENVIRONMENT", "MODEL VERSION", "STATE", "URL"), rows);
        return ExitCode.OK;
    }
}
