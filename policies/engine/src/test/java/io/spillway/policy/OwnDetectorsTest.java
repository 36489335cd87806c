package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words and patterns that a policy declares. Brackets mark what must be found; a text without them
/// holds nothing.
class OwnDetectorsTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: acme }
            classification:
              default: internal
              rules:
                - { name: projects, when: "findings.exists(f, f.type == 'project-name')", raise: confidential }
                - { name: patients, when: "findings.exists(f, f.category == 'health')", raise: restricted }
            placement: [ { name: home, use: [ { zone: private } ] } ]
            """;
    private static final String PLAIN =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: acme }
            classification: { default: internal }
            placement: [ { name: home, use: [ { zone: private } ] } ]
            """;
    private static final String DETECTORS =
            """
            detectors:
              - { name: project-name, words: [falcon, "Project Blue", 猎鹰计划, Über, он] }
              - { name: code-word, words: [NASA, "C++"], caseSensitive: true }
              - { name: stem, category: hr, words: [salar], wholeWords: false }
              - { name: patient-number, category: health, pattern: "PT-[0-9]{8}", confidence: 0.8 }
              - { name: member, pattern: "[A-Z]{2}(?:#|No\\\\.? ?)M-\\\\d{4,6}", wholeWords: true }
              - { name: account, pattern: "ACC\\\\d{6,12}", check: luhn }
              - { name: any-case, pattern: "case[ -]?\\\\d{3}", caseSensitive: false }
            """;

    private static Scan scan(String detectors, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Policies.compiled((detectors.equals(DETECTORS) ? POLICY : PLAIN) + detectors)
                .detectors()
                .scan(List.of(new TextLeaf("/text", utf8, 0, utf8.length)));
    }

    private static List<Finding> own(String detectors, String text) {
        return scan(detectors, text).findings().stream()
                .filter(it -> detectors.contains("name: " + it.type() + ","))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "project-name <- about ⟦falcon⟧.",
                "project-name <- ⟦FALCON⟧-2",
                "project-name <- in ⟦project blue⟧ we",
                "project-name <- 关于⟦猎鹰计划⟧的文件",
                "project-name <- 项目⟦Falcon⟧很好",
                "project-name <- die ⟦über⟧ und",
                "project-name <- die ⟦ÜBER⟧ und",
                "project-name <- и ⟦ОН⟧ тоже",
                "code-word <- the ⟦NASA⟧ one",
                "code-word <- in ⟦C++⟧ and",
                "stem <- my ⟦salar⟧y",
                "patient-number <- see ⟦PT-12345678⟧ today",
                "patient-number <- (⟦PT-12345678⟧)",
                "member <- id ⟦AB#M-1234⟧",
                "member <- id ⟦ABNo. M-123456⟧, and",
                "account <- ⟦ACC79927398713⟧",
                "any-case <- ⟦CASE 123⟧",
                "any-case <- ⟦case-999⟧!",
                "any-case <- ⟦Case001⟧",
            })
    void whatIsDeclaredIsFound(String line) {
        var type = line.substring(0, line.indexOf(" <- "));
        var marked = line.substring(line.indexOf(" <- ") + 4);
        int start = marked.codePointCount(0, marked.indexOf('⟦'));
        int end = marked.codePointCount(0, marked.indexOf('⟧')) - 1;

        var found = own(DETECTORS, marked.replace("⟦", "").replace("⟧", ""));

        assertThat(found).extracting(Finding::type).contains(type);
        assertThat(found)
                .filteredOn(it -> it.type().equals(type))
                .extracting(it -> List.of(it.start(), it.end()))
                .contains(List.of(start, end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "falconry and unfalcon",
                "projectblue",
                "überall",
                "онлайн",
                "nasa and Nasa",
                "PT-1234567 and PT-123456789 and xPT-12345678",
                "pt-12345678",
                "A#M-1234 and AB#M-123",
                "case 12",
            })
    void whatOnlyLooksLikeItIsNot(String text) {
        assertThat(own(DETECTORS, text)).isEmpty();
    }

    @Test
    void aWrongCheckDigitLeavesTooLittleConfidenceToRaise() {
        assertThat(own(DETECTORS, "ACC7992739871")).extracting(Finding::confidence).contains(0.3);
    }

    @Test
    void theConfidenceAndCategoryAreTheDeclaredOnes() {
        assertThat(own(DETECTORS, "see PT-12345678"))
                .containsExactly(new Finding("patient-number", "health", 0.8, 4, 15, "/text"));
    }

    @Test
    void ofOverlappingWordsOfOneListTheLongestFromTheFirstIsReported() {
        var detectors = "detectors: [ { name: w, words: [red, red car, car, car door] } ]";

        assertThat(own(detectors, "a red car door"))
                .extracting(it -> List.of(it.start(), it.end()))
                .containsExactly(List.of(2, 9));
    }

    @Test
    void rulesCanNameTheTypesAndCategories() {
        var tests =
                """
                tests:
                  - { name: words, request: { text: "about Falcon" }, expect: { class: confidential } }
                  - { name: pattern, request: { text: "PT-12345678" }, expect: { class: restricted } }
                """;
        var policy = Policies.compiled(POLICY + DETECTORS + tests);

        assertThat(PolicyTests.run(policy, Policies.KNOWN))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.failures()).isEmpty());
    }

    @Test
    void theSetOfDetectorsHasItsOwnDigest() {
        var plain = Policies.compiled(PLAIN);
        var declared = Policies.compiled(POLICY + DETECTORS);
        var other = Policies.compiled(POLICY + DETECTORS.replace("salar", "wages"));

        assertThat(declared.detectors().digest())
                .isNotEqualTo(plain.detectors().digest())
                .isNotEqualTo(other.detectors().digest())
                .isEqualTo(Policies.compiled(POLICY + DETECTORS).detectors().digest());
    }

    @Test
    void aHundredThousandWordsAreFoundInOnePass() {
        var words =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "name" + Integer.toString(i * 7919, 36))
                        .collect(Collectors.joining(", "));
        var policy =
                Policies.compiled(
                        PLAIN + "detectors: [ { name: people, words: [" + words + "] } ]");
        var text =
                ("nothing named here, but for name" + Integer.toString(99_999 * 7919, 36) + " ")
                        .repeat(20_000);
        var utf8 = text.getBytes(StandardCharsets.UTF_8);

        long start = System.nanoTime();
        var scan = policy.detectors().scan(List.of(new TextLeaf("/text", utf8, 0, utf8.length)));

        assertThat(scan.findings()).hasSizeGreaterThanOrEqualTo(20_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aTextMadeToCostMuchStopsInsteadOfPassing() {
        var detectors =
                "detectors: [ { name: slow, pattern: \"[a-z-]{120}--[a-z-]{0,120}=[0-9]\" } ]";

        var scan = scan(detectors, "ab--".repeat(50_000));

        assertThat(scan.findings()).isEmpty();
        assertThat(scan.exhausted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ name: a-b }                                    | needs 'words' or 'pattern'",
                "{ name: a-b, words: [aa], pattern: aa }          | not both",
                "{ name: email, words: [aa] }                     | is built in",
                "{ name: Big, words: [aa] }                       | cannot be the name",
                "{ name: a, category: 'A b', words: [aa] }        | cannot be the category",
                "{ name: a, words: [a] }                          | 2 to 200 characters",
                "{ name: a, words: [] }                           | names no word",
                "{ name: a, words: [aa], check: luhn }            | speaks about the digits",
                "{ name: a, words: [aa], confidence: 2 }          | from 0 to 1",
                "{ name: a, pattern: '[0-9]{8}' }                 | no fixed text",
                "{ name: a, pattern: 'P-?[0-9]{8}' }              | no fixed text",
                "{ name: a, pattern: 'PT-[0-9]+' }                | no upper bound",
                "{ name: a, pattern: 'PT-.*' }                    | no upper bound",
                "{ name: a, pattern: '^PT-' }                     | not tied to a line",
                "{ name: a, pattern: 'PT|US' }                    | stand in a group",
                "{ name: a, pattern: 'PT-[0-9' }                  | is not closed",
                "{ name: a, pattern: 'PT-(a|b' }                  | is not closed",
                "{ name: a, pattern: 'PT-\\b' }                   | escape is not known",
                "{ name: a, pattern: 'PT-[a-z]{999}' }            | longer than 256",
                "{ name: a, pattern: 'PT-{x}' }                   | expected {n} or {n,m}",
                "{ name: a, pattern: 'PT-(?i)a' }                 | groups have no options",
                "{ name: a, pattern: 'PT-', check: crc }          | 'check' cannot be 'crc'",
                "{ name: a, pattern: 'PT-[9-0]' }                 | cannot be read",
            })
    void mistakesAreReportedWhereTheyStand(String line) {
        int bar = line.lastIndexOf(" | ");
        var message = line.substring(bar + 3);

        var problems = Policies.problems(policyWith(line.substring(0, bar)));

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).contains(message);
        assertThat(problems.getFirst().line()).isEqualTo(6);
    }

    private static String policyWith(String detector) {
        return """
        apiVersion: spillway/v1
        kind: PolicySet
        metadata: { name: acme }
        classification: { default: internal }
        placement: [ { name: home, use: [ { zone: private } ] } ]
        detectors: [ %s ]
        """
                .formatted(detector.strip());
    }

    @Test
    void theColumnIsThatOfTheCharacterInThePattern() {
        var problems = Policies.problems(policyWith("{ name: a, pattern: 'PT-[0-9]+' }"));

        assertThat(problems.getFirst().column()).isEqualTo(43);
    }

    @Test
    void aTypeThatNobodyDeclaredIsStillAMistake() {
        var problems =
                Policies.problems(
                        POLICY
                                + "detectors: [ { name: project-nam, category: health, words: [aa]"
                                + " } ]");

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().hint()).contains("project-nam");
    }
}
