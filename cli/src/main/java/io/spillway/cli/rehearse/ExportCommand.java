package io.spillway.cli.rehearse;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `spillway decisions export`.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Print the decision log as JSON lines, oldest first, for policy simulate.",
        footer = {
            "",
            "The log holds no prompts, but who asked for what, when, and which kinds of",
            "findings it had: treat it as confidential."
        })
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Terminal terminal;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "only decisions from then on, such as 2026-03-01T08:00:00Z")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "INSTANT", description = "only decisions before then")
    private @Nullable String until;

    @Override
    public Integer call() throws IOException {
        long count = new DecisionLogExport(terminal.admin(), since, until).run(terminal::say);
        terminal.note("%,d decisions".formatted(count));
        return ExitCode.OK;
    }
}
