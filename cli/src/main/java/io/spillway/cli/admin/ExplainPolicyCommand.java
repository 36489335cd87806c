package io.spillway.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.cli.TextFile;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyTests;
import io.spillway.policy.document.PolicyReader;
import io.spillway.policy.document.Problems;
import io.spillway.policy.explain.Why;
import io.spillway.policy.features.Features;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway policy explain`.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Show why a policy decides as it does about a request, as a tree.")
final class ExplainPolicyCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "the policy")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    @Option(names = "--environments", paramLabel = "FILE", description = EnvironmentsFile.OPTION)
    private @Nullable Path environments;

    /// The request, told in one of three ways.
    private static final class Which {
        @Option(
                names = "--request",
                paramLabel = "JSON",
                description = "a request as tests write it, such as '{\"text\": \"hi\"}'")
        private @Nullable String request;

        @Option(names = "--test", paramLabel = "NAME", description = "a test of the file")
        private @Nullable String test;

        @Option(
                names = "--features",
                paramLabel = "FILE",
                description = "features as recorded with a decision or given by a proof")
        private @Nullable Path features;
    }

    @Override
    public Integer call() throws IOException {
        var read = PolicyFile.read(file);
        var known = Registry.names(terminal, environments, read.source());
        var policy = read.compiled(terminal, known);
        var why = Why.of(policy, features(policy, known));
        if (terminal.json()) {
            terminal.print(Json.mapper().valueToTree(why));
        } else {
            why.lines().forEach(terminal::say);
        }
        return ExitCode.OK;
    }

    private Features features(CompiledPolicy policy, KnownNames known) throws IOException {
        var test = which.test;
        if (test != null) {
            return PolicyTests.features(policy, test, known)
                    .orElseThrow(() ->
                            new CommandFailure(
                                    ExitCode.USAGE,
                                    "%s has no test named '%s'; ./spillway policy test %s names them all"
                                            .formatted(file, test, file)));
        }
        var recorded = which.features;
        if (recorded != null) {
            return recorded(recorded);
        }
        var problems = new Problems();
        var request = PolicyReader.request(String.valueOf(which.request), known, problems);
        if (request.isEmpty() || !problems.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "--request: " + problems.inOrder().getFirst());
        }
        return PolicyTests.features(request.get(), policy, known);
    }

    private static Features recorded(Path file) throws IOException {
        try {
            return Json.mapper().readValue(TextFile.read(file), Features.class);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s holds no features of a decision (%s); ./spillway policy verify POLICY --counterexample FILE writes such a file"
                            .formatted(file, e.getOriginalMessage()));
        }
    }
}
