package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A mark in a file stands right before the place that must be reported.
class PolicyMistakesTest {
    private static final Path MISTAKES = Path.of("src/test/resources/mistakes");
    private static final String MARK = "▶";

    private static final String RIGHT =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: acme }
            attributes: { department: { type: string }, level: { type: int, optional: true } }
            classification: { default: internal }
            placement: [ { name: home, use: [ { zone: private } ] } ]
            """;

    private record Marked(String yaml, List<String> places) {
        static Marked of(String text) {
            var places = new ArrayList<String>();
            int line = 1;
            int column = 1;
            for (int codePoint : text.codePoints().toArray()) {
                if (codePoint == MARK.codePointAt(0)) {
                    places.add(line + ":" + column);
                } else if (codePoint == '\n') {
                    line++;
                    column = 1;
                } else {
                    column++;
                }
            }
            return new Marked(text.replace(MARK, ""), places);
        }
    }

    private static void assertReported(String text, String... messages) {
        var marked = Marked.of(text);

        var problems = Policies.problems(marked.yaml());

        assertThat(problems)
                .as(problems.toString())
                .extracting(it -> it.line() + ":" + it.column())
                .isEqualTo(marked.places());
        for (int i = 0; i < messages.length; i++) {
            assertThat(problems.get(i).message() + "; " + problems.get(i).hint())
                    .contains(messages[i]);
        }
    }

    /// The right file with one section replaced or added.
    private static String with(String section) {
        var key = section.replace(MARK, "").split(":")[0];
        var rest =
                RIGHT.lines()
                        .filter(line -> !line.startsWith(key + ":"))
                        .reduce("", (a, b) -> a + b + "\n");
        return rest + section;
    }

    @Test
    void theFileWithoutMistakesCompiles() {
        assertThat(Policies.compiled(RIGHT).name()).isEqualTo("acme");
    }

    private static List<Path> mistakes() throws IOException {
        try (var files = Files.list(MISTAKES)) {
            return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /// What `spillway policy lint` says stands beside each file. To write it anew after a change of
    /// words run this test with `-Dmistakes.write=true` and read the difference.
    @ParameterizedTest
    @MethodSource("mistakes")
    void everySeededMistakeIsReportedWhereItStandsWithAWayToMendIt(Path file) throws IOException {
        var said = said(file);
        var expected = Path.of(file.toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("mistakes.write")) {
            Files.writeString(expected, said);
        }

        assertThat(said).isNotEmpty().isEqualTo(Files.readString(expected));
    }

    private static String said(Path file) throws IOException {
        var imports = new HashMap<String, String>();
        try (var files = Files.list(MISTAKES.resolve("imports"))) {
            for (var one : files.toList()) {
                imports.put(one.getFileName().toString(), Files.readString(one));
            }
        }
        var source = new PolicySource(Files.readString(file), imports);
        var name = file.getFileName().toString();
        return switch (PolicyCompiler.compile(source, Policies.KNOWN)) {
            case CompileResult.Rejected(var problems) -> lines(problems, name, "");
            case CompileResult.Compiled(var policy) -> lines(policy.warnings(), name, "warning: ");
        };
    }

    private static String lines(List<PolicyProblem> problems, String name, String prefix) {
        return problems.stream()
                .map(it -> prefix + it.in(name) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void atLeastSixtyMistakesAreSeeded() throws IOException {
        assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void positionsHoldInEveryStyleOfYamlText() {
        assertReported(
                RIGHT
                        + """
                        invariants:
                          - never: model == 'chat' && ▶modl == 'chat'
                          - never: model == 'chat'
                              && ▶modl == 'chat'
                          - never: 'model == ''chat'' && ▶modl == ''chat'''
                          - never: "model == \\"chat\\" && ▶modl == 'chat'"
                          - never: "model == \\u0027chat\\u0027 && \\
                              ▶modl == 'chat'"
                          - never: |
                              model == 'chat'
                                && ▶modl == 'chat'
                          - never: >-  # folded
                              model == 'chat'

                              && ▶modl == 'chat'
                          - { never: "model == '你好'"  , ▶nevr: "true" }
                        """
                                .replace("model == '你好'", "model == ▶'你好'"));
    }

    @Test
    void allMistakesOfAFileAreReportedAtOnce() {
        assertReported(
                """
                apiVersion: spillway/v1
                kind: PolicySet
                metadata: { name: acme, ▶nam: x }
                classification:
                  default: ▶intern
                  rules:
                    - { name: a, when: "findings.exists(f, f▶.typ == 'x')", raise: ▶top }
                placement:
                  - { name: home, when: "dataClass ▶>= 1", use: [ { zone: ▶privat } ] }
                """);
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertReported(with("metadata: { name: acme, ▶name: acme2 }"), "given twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "-->",
            value = {
                "a: ▶&x 1 --> anchors",
                "a: ▶!!str 1 --> tags",
                "a: [ 1▶ --> not YAML",
                "▶- 1 --> must be a mapping",
            })
    void whatIsNoPlainYamlIsRefused(String text, String message) {
        var marked = Marked.of(text);

        var problem = Policies.problems(marked.yaml()).getFirst();

        assertThat(problem.message()).contains(message);
    }

    @Test
    void aFileNestedTooDeeplyIsRefused() {
        assertThat(Policies.problems("[".repeat(100_000)).getFirst().message())
                .contains("nested deeper");
    }

    @Test
    void aFileTooLargeIsRefused() {
        assertThat(Policies.problems("#".repeat(4_000_001)).getFirst().message())
                .contains("longer than");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThat(Policies.problems("").getFirst().message()).contains("empty");
    }

    @Test
    void aConditionThatIsTooLongIsRefused() {
        var long1 = "model == 'chat' || ".repeat(300) + "model == 'chat'";

        assertReported(
                with("invariants: [ { never: ▶\"%s\" } ]".formatted(long1)).replace("▶\"", "\"▶"),
                "longer than");
    }

    @ParameterizedTest
    @CsvSource({"(, true, )", "!, true, ''", "[, 1, ]", "model in [, 'chat', ]"})
    void aConditionNestedTooDeeplyIsRefusedAndNeverOverflows(
            String open, String inner, String close) {
        var condition = open.repeat(400) + inner + close.repeat(400);

        assertThat(
                        PolicyCompiler.compile(
                                with("invariants: [ { never: \"%s\" } ]".formatted(condition)),
                                Policies.KNOWN))
                .satisfiesAnyOf(
                        it -> assertThat(it).isInstanceOf(CompileResult.Rejected.class),
                        it -> assertThat(open).isEqualTo("!"));
    }

    @Test
    void aLongChainOfAlternativesCompiles() {
        var condition = "model == 'chat' || ".repeat(200) + "model == 'chat'";

        assertThat(
                        Policies.compiled(
                                with("invariants: [ { never: \"%s\" } ]".formatted(condition))))
                .isNotNull();
    }

    @Test
    void maskNamesKnownTypesOnEntriesThatCanLeave() {
        assertReported(
                with("placement: [ { name: a, use: [ { zone: public, mask: [▶emial] } ] } ]"),
                "type of finding 'emial'");
        assertReported(
                with("placement: [ { name: a, use: [ { zone: private, ▶mask: [email] } ] } ]"),
                "no effect on private");
    }
}
