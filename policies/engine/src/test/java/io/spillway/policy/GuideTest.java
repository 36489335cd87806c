package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.policy.detect.FindingType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every snippet of the guide is put to work. One that is only some sections replaces those of the
/// guide's first policy.
class GuideTest {
    private static final Path GUIDE = Path.of("../../docs/guide/policies.md");

    private static List<String> snippets() throws IOException {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everySnippetCompilesAndItsTestsPass(String snippet) throws IOException {
        var yaml = snippet.startsWith("apiVersion") ? snippet : inTheFirstPolicy(snippet);
        var policy = Policies.compiled(yaml);

        assertThat(PolicyTests.run(policy, Policies.KNOWN))
                .allSatisfy(it -> assertThat(it.failures()).as(it.name()).isEmpty());
    }

    /// Who follows the guide begins on a stack that knows no model but this one.
    @Test
    void theFirstPolicyIsRightOnAFreshInstallation() throws IOException {
        var known = new KnownNames(Policies.KNOWN.environments(), Set.of("demo-chat"));

        assertThat(PolicyCompiler.compile(snippets().getFirst(), known))
                .isInstanceOf(CompileResult.Compiled.class);
    }

    private static String inTheFirstPolicy(String section) throws IOException {
        var keys =
                section.lines()
                        .filter(line -> line.matches("\\w+:.*"))
                        .map(line -> line.substring(0, line.indexOf(':') + 1))
                        .toList();
        var replaced = new StringBuilder();
        boolean skipping = false;
        for (var line : snippets().getFirst().lines().toList()) {
            boolean top = !line.isEmpty() && !line.startsWith(" ");
            // Tests are about the policy they stand in, not about a section of another one.
            skipping =
                    top
                            ? keys.stream().anyMatch(line::startsWith) || line.startsWith("tests:")
                            : skipping;
            replaced.append(skipping ? "" : line + "\n");
        }
        return replaced + section;
    }

    @Test
    void theGuideNamesEveryTypeOfFinding() throws IOException {
        assertThat(Files.readString(GUIDE))
                .contains(
                        java.util.Arrays.stream(FindingType.values())
                                .map(it -> "`" + it.wire() + "`")
                                .toList());
    }
}
