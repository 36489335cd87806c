package io.spillway.cli.rehearse;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.admin.PolicyFile;
import io.spillway.policy.CompileResult;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compiles policy files that must be right.
final class CandidatePolicy {
    private CandidatePolicy() {}

    /// @param known what it may refer to; null takes every environment and model that it mentions
    ///   as given
    static CompiledPolicy compiled(Path path, @Nullable KnownNames known) throws IOException {
        var source = PolicyFile.read(path).source();
        var names =
                known == null ? new KnownNames(Map.of(), Set.of()).withMentionsIn(source) : known;
        return switch (PolicyCompiler.compile(source, names)) {
            case CompileResult.Compiled(var compiled) -> compiled;
            case CompileResult.Rejected(var problems) ->
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "the policy is wrong"
                                    + problems.stream()
                                            .map(it -> "\n" + it.in(path.toString()))
                                            .collect(Collectors.joining()));
        };
    }
}
