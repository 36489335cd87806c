package io.spillway.policy;

import io.spillway.policy.detect.Detectors;
import io.spillway.policy.document.PolicyBundle;
import io.spillway.policy.document.PolicyReader;
import io.spillway.policy.document.Problems;
import io.spillway.policy.rule.Lint;
import io.spillway.policy.rule.RuleCompiler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Compiles policy files. The first compilation in a process takes most of a second, because CEL
/// loads; later ones take milliseconds.
public final class PolicyCompiler {
    private PolicyCompiler() {}

    /// Compiles a file that imports none, or says everything that is wrong with it.
    ///
    /// @param yaml the whole file
    /// @param known what the file may refer to
    public static CompileResult compile(String yaml, KnownNames known) {
        return compile(new PolicySource(yaml), known);
    }

    /// Compiles a file with those it imports, or says everything that is wrong with them.
    public static CompileResult compile(PolicySource source, KnownNames known) {
        var problems = new Problems();
        var set = PolicyReader.read(source, known, problems);
        if (set.isEmpty()) {
            return new CompileResult.Rejected(problems.inOrder());
        }
        var rules = RuleCompiler.compile(set.get(), known, problems);
        if (!problems.isEmpty()) {
            return new CompileResult.Rejected(problems.inOrder());
        }
        return new CompileResult.Compiled(
                new CompiledPolicy(
                        set.get().name(),
                        digest(PolicyBundle.of(source)),
                        rules,
                        set.get().tests(),
                        Detectors.builtIn().withOwn(set.get().detectors()),
                        Lint.warnings(set.get(), rules)));
    }

    private static String digest(String yaml) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
