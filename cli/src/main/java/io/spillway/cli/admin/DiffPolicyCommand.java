package io.spillway.cli.admin;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.diff.PolicyDiff;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `spillway policy diff`.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Say what changes, and for whom, when one policy takes the place of another.",
            "Exit status 1 when a request may leave that could not before."
        })
final class DiffPolicyCommand implements Callable<Integer> {
    private static final int MOST_GROUPS = 30;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Terminal terminal;

    @Parameters(index = "0", paramLabel = "OLD")
    @SuppressWarnings("NullAway.Init")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW")
    @SuppressWarnings("NullAway.Init")
    private Path after;

    @Override
    public Integer call() throws IOException {
        var known = Registry.names(terminal);
        var diff =
                PolicyDiff.between(
                        PolicyFile.read(before).compiled(terminal, known),
                        PolicyFile.read(after).compiled(terminal, known),
                        known);
        if (terminal.json()) {
            terminal.print(Json.mapper().valueToTree(diff));
        } else {
            tell(diff);
        }
        return diff.newlyLeaving().isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private void tell(PolicyDiff diff) {
        groups("newly leaving", diff.newlyLeaving());
        groups("no longer leaving", diff.noLongerLeaving());
        groups("classes", diff.classes());
        terminal.say("rules");
        diff.rules().forEach(it -> terminal.say("  " + it));
        if (diff.rules().isEmpty()) {
            terminal.say("  none differs");
        }
        terminal.say(
                "%,d requests made of the constants of both policies were decided under each;"
                                .formatted(diff.tried())
                        + " only a proof can say that nothing else changes");
    }

    private void groups(String title, List<PolicyDiff.Group> groups) {
        terminal.say(title);
        for (var group : groups.stream().limit(MOST_GROUPS).toList()) {
            terminal.say(
                    "  %s: %,d, such as %s"
                            .formatted(group.what(), group.count(), group.example()));
        }
        if (groups.isEmpty()) {
            terminal.say("  nobody");
        } else if (groups.size() > MOST_GROUPS) {
            terminal.say("  and %,d more".formatted(groups.size() - MOST_GROUPS));
        }
    }
}
