package io.spillway.cli.admin;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.diff.PolicyDiff;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Parameters(index = "0", paramLabel = "OLD", description = "the policy of now")
    @SuppressWarnings("NullAway.Init")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "the policy to come")
    @SuppressWarnings("NullAway.Init")
    private Path after;

    @Option(names = "--environments", paramLabel = "FILE", description = EnvironmentsFile.OPTION)
    private @Nullable Path environments;

    @Override
    public Integer call() throws IOException {
        var old = PolicyFile.read(before);
        var candidate = PolicyFile.read(after);
        var known = Registry.names(terminal, environments, candidate.source());
        var diff =
                PolicyDiff.between(
                        old.compiled(terminal, known), candidate.compiled(terminal, known), known);
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
