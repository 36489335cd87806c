package io.spillway.cli.admin;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.cli.TextFile;
import io.spillway.policy.CompileResult;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.PolicySource;
import io.spillway.policy.document.PolicyBundle;
import io.spillway.policy.document.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A policy file on disk with the files beside it that it imports. Names of imports are relative to
/// the policy file, in imported files too.
public record PolicyFile(Path path, PolicySource source) {

    /// Reads a policy and all that it imports. An imported file that is missing is for the compiler
    /// to report, with the line that names it.
    public static PolicyFile read(Path path) throws IOException {
        var yaml = TextFile.read(path);
        var imports = new HashMap<String, String>();
        collect(Objects.requireNonNull(path.toAbsolutePath().getParent()), yaml, imports);
        return new PolicyFile(path, new PolicySource(yaml, imports));
    }

    private static void collect(Path directory, String yaml, Map<String, String> imports)
            throws IOException {
        for (var name : PolicyReader.imports(yaml)) {
            var file = directory.resolve(name);
            if (!imports.containsKey(name) && Files.isReadable(file)) {
                var text = TextFile.read(file);
                imports.put(name, text);
                collect(directory, text, imports);
            }
        }
    }

    /// The whole policy in one file, as it is published.
    public String bundle() {
        return PolicyBundle.of(source);
    }

    /// Compiles it and shows every mistake as FILE:LINE:COLUMN.
    ///
    /// @return empty when there was a mistake
    Optional<CompiledPolicy> compile(Terminal terminal, KnownNames known) {
        return switch (PolicyCompiler.compile(source, known)) {
            case CompileResult.Compiled(var policy) -> Optional.of(policy);
            case CompileResult.Rejected(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.in(path.toString())));
                yield Optional.empty();
            }
        };
    }

    /// Compiles it, or ends the command after showing the mistakes.
    CompiledPolicy compiled(Terminal terminal, KnownNames known) {
        return compile(terminal, known)
                .orElseThrow(() -> new CommandFailure(ExitCode.NEGATIVE, path + " has mistakes"));
    }

    /// What is allowed in the file and yet cannot be meant.
    List<String> warnings(CompiledPolicy policy) {
        return policy.warnings().stream().map(it -> "warning: " + it.in(path.toString())).toList();
    }
}
