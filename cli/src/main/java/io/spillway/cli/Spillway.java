package io.spillway.cli;

import io.spillway.cli.admin.DecisionsCommand;
import io.spillway.cli.admin.EndpointsCommand;
import io.spillway.cli.admin.FleetCommand;
import io.spillway.cli.admin.KeysCommand;
import io.spillway.cli.admin.ModelsCommand;
import io.spillway.cli.admin.PolicyCommand;
import io.spillway.cli.admin.SyncCommand;
import io.spillway.cli.stack.DownCommand;
import io.spillway.cli.stack.StatusCommand;
import io.spillway.cli.stack.UpCommand;
import io.spillway.testbed.replay.ReplayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `spillway` command.
@Command(
        name = "spillway",
        mixinStandardHelpOptions = true,
        version = "Spillway 0.1.0",
        description =
                "One OpenAI-compatible API: sensitive traffic stays on your own GPUs, the rest may"
                        + " spill to the cloud.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            EndpointsCommand.class,
            DecisionsCommand.class,
            PolicyCommand.class,
            KeysCommand.class,
            ModelsCommand.class,
            FleetCommand.class,
            SyncCommand.class,
            ReplayCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Also: spillway test, which builds everything and runs all tests.",
            "Exit status: 0 ok, 1 negative result, 2 usage, 3 unreachable."
        })
public final class Spillway {

    private Spillway() {}

    /// Runs one command and ends with its exit status.
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The command line with its failure handling, for tests and [#main].
    public static CommandLine commandLine() {
        return new CommandLine(new Spillway())
                .setExecutionExceptionHandler(Spillway::explain)
                .setExitCodeExceptionMapper(failure ->
                        failure instanceof CommandLine.ParameterException
                                ? ExitCode.USAGE
                                : ExitCode.NEGATIVE)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof CommandFailure known) {
            command.getErr().println("spillway: " + known.getMessage());
            return known.exitCode();
        }
        throw failure;
    }
}
