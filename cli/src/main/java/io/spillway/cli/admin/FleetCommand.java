package io.spillway.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway fleet`.
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "Look at fleets and change their size by hand.")
public final class FleetCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List fleets with their machines.")
    int list(@Mixin Terminal terminal) {
        var fleets = terminal.admin().get("fleets").orFail();
        for (var fleet : fleets.path("items")) {
            var name = fleet.path("name").asText();
            var status =
                    terminal.admin()
                            .get("fleets/%s/status".formatted(AdminClient.segment(name)))
                            .orFail();
            show(terminal, name, status);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = "Tell what a change of size would do. Changes nothing.")
    int plan(
            @Mixin Terminal terminal,
            @Parameters(paramLabel = "FLEET") String fleet,
            @Option(names = "--desired", required = true) int desired) {
        var answer =
                terminal.admin()
                        .post(
                                "fleets/%s/plan?desired=%d"
                                        .formatted(AdminClient.segment(fleet), desired),
                                Map.of())
                        .orFail();
        terminal.say(answer.path("plan").asText(answer.toString()));
        return ExitCode.OK;
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Change the size now; the autoscaler goes on from there.")
    int apply(
            @Mixin Terminal terminal,
            @Parameters(paramLabel = "FLEET") String fleet,
            @Option(names = "--desired", required = true) int desired) {
        var answer =
                terminal.admin()
                        .post(
                                "fleets/%s/scale?desired=%d"
                                        .formatted(AdminClient.segment(fleet), desired),
                                Map.of())
                        .orFail();
        show(terminal, fleet, answer);
        return ExitCode.OK;
    }

    @Command(
            name = "destroy",
            mixinStandardHelpOptions = true,
            description = "Remove all machines of a fleet.")
    int destroy(@Mixin Terminal terminal, @Parameters(paramLabel = "FLEET") String fleet) {
        var answer =
                terminal.admin()
                        .post("fleets/%s/destroy".formatted(AdminClient.segment(fleet)), Map.of())
                        .orFail();
        show(terminal, fleet, answer);
        return ExitCode.OK;
    }

    private static void show(Terminal terminal, String fleet, JsonNode status) {
        if (terminal.json()) {
            terminal.print(status);
            return;
        }
        terminal.say(
                "%s: %s wanted, %d there (%s)"
                        .formatted(
                                fleet,
                                status.path("desired").asText("?"),
                                status.path("machines").size(),
                                status.path("driver").asText()));
        if (status.has("usable") && !status.path("usable").asBoolean()) {
            terminal.say("  cannot work here: " + status.path("hint").asText());
        }
        for (var machine : status.path("machines")) {
            terminal.say(
                    "  %s  %s  %s"
                            .formatted(
                                    machine.path("id").asText(),
                                    machine.path("state").asText(),
                                    machine.path("url").asText()));
        }
    }
}
