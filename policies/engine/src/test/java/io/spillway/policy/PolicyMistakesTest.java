package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A mark in a file stands right before the place that must be reported.
class PolicyMistakesTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiterString = "-->",
            quoteCharacter = '`',
            value = {
                "▶clasification: {} --> did you mean 'classification'?",
                "metadata: ▶{ ▶nam: acme } --> needs the key 'name'",
                "metadata: { name: ▶a/b } --> not valid",
                "metadata: ▶acme --> must be a mapping",
                "apiVersion: ▶spillway/v2 --> write 'apiVersion: spillway/v1'",
                "kind: ▶Policy --> write 'kind: PolicySet'",
                "attributes: { ▶1x: { type: string } } --> cannot be the name of an attribute",
                "attributes: { x: { type: ▶text } } --> use one of: bool, int, string",
                "attributes: { x: ▶{ } } --> needs the key 'type'",
                "attributes: { x: { type: int, optional: ▶maybe } } --> true or false",
                "classification: { default: ▶internl } --> did you mean 'internal'?",
                "classification: { default: internal, rules: ▶{} } --> must be a list",
                "classification: { default: internal, rules: [ ▶{ name: a, raise: public } ] } -->"
                        + " needs the key 'when'",
                "classification: { default: public, rules: [ { name: a, when: `true`, raise:"
                        + " ▶secret } ] } --> use one of",
                "placement: ▶[] --> every request would be denied",
                "placement: [ ▶{ name: a } ] --> needs the key 'use'",
                "placement: [ { name: a, use: ▶[] } ] --> names no place",
                "placement: [ { name: a, use: [ { zone: ▶pubic } ] } ] --> did you mean 'public'?",
                "placement: [ { name: a, use: [ { environment: ▶awsburst } ] } ] --> did you mean"
                        + " 'aws-burst'?",
                "placement: [ { name: a, use: [ ▶{ zone: private, environment: onprem } ] } ] -->"
                        + " not both",
                "placement: [ { name: a, use: [ ▶{ when: `true` } ] } ] --> needs 'zone' or"
                        + " 'environment'",
                "placement: [ { name: a, use: [ { zone: private, maxMicrosPer1kTokens: ▶4.5 } ] } ]"
                        + " --> whole number",
                "placement: [ { name: a, use: [ { zone: private, maxMicrosPer1kTokens: ▶-1 } ] } ]"
                        + " --> whole number",
                "placement: [ { name: a, use: [ { zone: private } ], whenFull: ▶wait } ] --> use"
                        + " one of: degrade, queue, shed",
                "placement: [ { name: a, use: [ { zone: private } ], whenFull: ▶degrade } ] -->"
                        + " needs a model",
                "placement: [ { name: a, use: [ { zone: private } ], whenFull: shed, degradeTo:"
                        + " ▶chat } ] --> never used",
                "placement: [ { name: a, use: [ { zone: private } ], degradeTo: ▶smal-chat } ] -->"
                        + " did you mean 'small-chat'?",
                "placement: [ { name: a, use: [ { zone: private } ] }, { name: ▶a, use: [ { zone:"
                        + " private } ] } ] --> already",
                "invariants: [ { never: ▶`` } ] --> is empty",
                "invariants: [ { never: ▶5 } ] --> must be a condition",
                "tests: [ { name: a, request: { ▶txt: hi }, expect: { zone: private } } ] --> did"
                        + " you mean 'text'?",
                "tests: [ { name: a, request: { text: ▶12 }, expect: { zone: private } } ] --> put"
                        + " it into quotes",
                "tests: [ { name: a, request: { model: ▶chatt }, expect: { zone: private } } ] -->"
                        + " did you mean 'chat'?",
                "tests: [ { name: a, request: { predictedTtft: ▶2 sec }, expect: { zone: private }"
                        + " } ] --> is no duration",
                "tests: [ { name: a, request: { attributes: { ▶dept: x } }, expect: { zone: private"
                        + " } } ] --> declared attribute",
                "tests: [ { name: a, request: { text: hi }, expect: ▶{ } } ] --> the test cannot"
                        + " fail",
                "tests: [ { name: a, request: { text: hi }, expect: { rule: ▶hme } } ] --> did you"
                        + " mean 'home'?",
            })
    void everyMistakeInTheStructureIsReportedWhereItStands(String section, String message) {
        assertReported(with(section.replace("`", "\"")), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "-->",
            quoteCharacter = '`',
            value = {
                "dataClass ▶>= 2 --> cannot compare a data class with a number",
                "dataClass ▶>= 2.5 --> cannot compare a data class with a number",
                "dataClass ▶== 'internal' --> without quotes",
                "dataClass >= ▶confidentail --> did you mean 'confidential'?",
                "▶modl == 'chat' --> did you mean 'model'?",
                "model == 'chat' && ▶modl == 'chat' --> did you mean 'model'?",
                "model == ▶'chatt' --> did you mean 'chat'?",
                "model in ['chat', ▶'chatt'] --> did you mean 'chat'?",
                "operation == ▶'chta' --> did you mean 'chat'?",
                "environment.zone == ▶'pubic' --> did you mean 'public'?",
                "environment.name == ▶'on-prem' --> did you mean 'onprem'?",
                "environment▶.nmae == 'onprem' --> did you mean 'name'?",
                "environment.jurisdiction in ['DE', ▶'UK'] --> GB",
                "environment.jurisdiction ▶> 'DE' --> environment.jurisdiction in",
                "environment.zone ▶= 'public' --> write '=='",
                "caller.tenant == 'a' ▶& model == 'chat' --> write '&&'",
                "caller.tenant == ▶'a --> close the quote",
                "(model == 'chat'▶ --> not closed",
                "dataClass >=▶ --> ends too early",
                "▶model --> must be true or false",
                "caller.attributes▶.dept == 'x' --> there is no field 'dept'",
                "caller.attributes▶.level > 3 --> write has(caller.attributes.level) && ...",
                "has(caller.attributes.level) || caller.attributes▶.level > 3 --> not every caller"
                        + " has",
                "caller▶.team == 'a' --> write has(caller.team) && ...",
                "has▶(caller.tenant) --> is always there",
                "▶predictedTtft > duration('1s') --> cannot be read in an invariant",
                "▶findings.exists(f, true) --> cannot be read in an invariant",
                "model.matches▶('a.*') --> is not part of the language",
                "model ▶> 'a' --> use == or !=",
                "'a' ▶== 'b' --> always the same",
                "model in ▶[] --> empty list",
                "model == 'chat' ▶? true : false --> use && and ||",
                "caller.attributes.level ▶+ 1 > 3 --> cannot calculate",
                "▶1u == ▶1u --> not part of the language",
                "model == 'é' && ▶modl == 'chat' --> did you mean 'model'?",
                "caller▶.attributes == caller▶.attributes --> cannot be compared",
            })
    void everyMistakeInAConditionIsReportedWhereItStands(String condition, String message) {
        assertReported(with("invariants: [ { never: \"%s\" } ]".formatted(condition)), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "-->",
            quoteCharacter = '`',
            value = {
                "findings.exists(f, f▶.typ == 'email') --> did you mean 'type'?",
                "findings.exists(f, f.type == ▶'emial') --> did you mean 'email'?",
                "findings.exists(f, f.category == ▶'secrets') --> did you mean 'secret'?",
                "findings.exists(f, findings.exists▶(g, g.type == 'email')) --> inside one another",
                "findings.exists▶(model, model.type == 'email') --> name the finding 'f'",
                "▶dataClass >= internal --> cannot be read in a classification rule",
                "findings.exists_one▶(f, f.type == 'email') --> is not part of the language",
                "caller▶.roles.exists(r, r == 'admin') --> 'admin' in caller.roles",
                "size▶(caller.roles) > 1 --> counts findings only",
            })
    void everyMistakeAboutFindingsIsReportedWhereItStands(String condition, String message) {
        assertReported(
                with(
                        "classification: { default: public, rules: [ { name: a, when: \"%s\", raise: internal } ] }"
                                .formatted(condition)),
                message);
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
