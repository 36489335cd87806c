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
import java.util.Map;
import java.util.Set;

/// Compiles policy files. The first compilation in a process takes most of a second, because CEL
/// loads; later ones take milliseconds.
public final class PolicyCompiler {
    private PolicyCompiler() {}

    /// Loads what the first compilation needs, so that it does not wait for it. To be called on a
    /// thread of its own while a process starts.
    public static void warmUp() {
        var yaml =
                """
                apiVersion: spillway/v1
                kind: PolicySet
                metadata: { name: warm-up }
                classification:
                  default: internal
                  rules: [ { name: a, when: "findings.exists(f, f.type == 'email')", raise: restricted } ]
                placement:
                  - { name: b, when: "dataClass >= internal", use: [ { zone: private } ] }
                """;
        if (compile(yaml, new KnownNames(Map.of(), Set.of()))
                instanceof CompileResult.Rejected(var problems)) {
            throw new IllegalStateException("the smallest policy is refused: " + problems);
        }
    }

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
