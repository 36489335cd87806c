package io.spillway.cli.admin;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `spillway sync`.
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = "Look at the link between control plane and routers.")
public final class SyncCommand {

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show the newest change and how far each replica is.")
    int status(@Mixin Terminal terminal) {
        var sync = terminal.admin().get("sync").orFail();
        if (terminal.json()) {
            terminal.print(sync);
            return ExitCode.OK;
        }
        terminal.say(
                "origin %s, epoch %s, newest change %s"
                        .formatted(
                                sync.path("origin").asText(),
                                sync.path("epoch").asText(),
                                sync.path("seq").asText()));
        var rows = new ArrayList<List<String>>();
        for (var replica : sync.path("replicas")) {
            rows.add(
                    List.of(
                            replica.path("name").asText(),
                            replica.path("environment").asText(),
                            replica.path("connected").asText(),
                            replica.path("appliedSeq").asText(),
                            replica.path("lag").asText()));
        }
        terminal.table(List.of("REPLICA", "ENVIRONMENT", "CONNECTED", "APPLIED", "BEHIND"), rows);
        return ExitCode.OK;
    }
}
