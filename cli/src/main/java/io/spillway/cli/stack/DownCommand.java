package io.spillway.cli.stack;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `spillway down`.
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "End everything that spillway up and its fleets started.")
public final class DownCommand implements Callable<Integer> {

    @Mixin private final Terminal terminal = new Terminal();

    @Option(names = "--purge", description = "also delete the installation's data, keys and logs")
    private boolean purge;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var down = new Down(terminal.state(), System.out);
        var ended = down.run();
        if (purge) {
            down.purge();
        }
        terminal.say(
                "ended %d process%s%s"
                        .formatted(
                                ended,
                                ended == 1 ? "" : "es",
                                purge ? " and deleted " + terminal.state().root() : ""));
        return ExitCode.OK;
    }
}
