package io.spillway.cli.admin;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `spillway models`.
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "List the models that callers can name.")
public final class ModelsCommand implements Callable<Integer> {

    @Mixin private final Terminal terminal = new Terminal();

    @Override
    public Integer call() {
        var answer = terminal.admin().get("models").orFail();
        if (terminal.json()) {
            terminal.print(answer);
            return ExitCode.OK;
        }
        var rows = new ArrayList<List<String>>();
        for (var model : answer.path("items")) {
            rows.add(
                    List.of(
                            model.path("name").asText(),
                            model.path("versions").toString(),
                            model.path("maySpill").toString(),
                            model.path("contextTokens").asText()));
        }
        terminal.table(List.of("MODEL", "VERSIONS", "MAY SPILL", "CONTEXT"), rows);
        return ExitCode.OK;
    }
}
