package io.spillway.policy.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import io.spillway.policy.mask.Masker.Masked;
import io.spillway.policy.mask.Masker.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskerTest {
    private static final String PATH = "/messages/0/content";
    private static final Set<String> TYPES = Set.of("email", "person", "phone");

    private final Placeholders placeholders =
            Placeholders.fresh(new Random(7), _ -> false).orElseThrow();
    private final List<Finding> findings = new ArrayList<>();

    private void find(String text, String value, String type) {
        int at = text.indexOf(value);
        findings.add(
                new Finding(
                        type,
                        "pii",
                        0.9,
                        text.codePointCount(0, at),
                        text.codePointCount(0, at + value.length()),
                        PATH));
    }

    private Masked masked(String text) {
        return Objects.requireNonNull(
                Masker.mask(List.of(new Text(PATH, text)), findings, TYPES, placeholders));
    }

    private String mask(String text) {
        return Masker.apply(text, masked(text).replacements());
    }

    private String placeholder(String name, int number) {
        return "[%s_%s_%d]".formatted(name, placeholders.tag(), number);
    }

    @Test
    void replacesFindingsByTypedPlaceholders() {
        var text = "👋 Write to ann@example.org or call Ann.";
        find(text, "ann@example.org", "email");

        assertThat(mask(text))
                .isEqualTo("👋 Write to %s or call Ann.".formatted(placeholder("EMAIL", 1)));
    }

    @Test
    void theSameValueHasTheSamePlaceholderEverywhere() {
        var text = "Smithson said that Smithson, not Smithsonian, knows. a@b.org";
        find(text, "Smithson", "person");
        find(text, "a@b.org", "email");

        assertThat(mask(text))
                .isEqualTo(
                        "%1$s said that %1$s, not Smithsonian, knows. %2$s"
                                .formatted(placeholder("PERSON", 1), placeholder("EMAIL", 2)));
    }

    @Test
    void overlappingFindingsAreReplacedTogetherAsTheLongest() {
        var text = "Call +49 30 1234567 now";
        find(text, "+49 30 1234567", "phone");
        find(text, "30 1234567 now", "person");

        assertThat(mask(text)).isEqualTo("Call " + placeholder("PHONE", 1));
    }

    @Test
    void whatStandsBehindEncodingsOrIsUncertainOrOfAnotherTypeStays() {
        var text = "aaaa bbbb cccc";
        findings.add(new Finding("email", "pii", 0.9, 0, 4, PATH, false));
        findings.add(new Finding("email", "pii", 0.4, 5, 9, PATH));
        findings.add(new Finding("iban", "pii", 0.9, 10, 14, PATH));

        assertThat(mask(text)).isEqualTo(text);
        assertThat(masked(text).left()).isEqualTo(findings);
    }

    @Test
    void aFindingOfWhichNoTextIsKnownIsLeft() {
        findings.add(new Finding("email", "pii", 0.9, 0, 4, "/metadata"));

        assertThat(masked("abcdef").left()).isEqualTo(findings);
    }

    @Test
    void aSpanPastTheEndOfItsTextIsLeft() {
        findings.add(new Finding("email", "pii", 0.9, 4, 40, PATH));

        assertThat(masked("abcdef").left()).isEqualTo(findings);
        assertThat(mask("abcdef")).isEqualTo("abcdef");
    }

    @Test
    void inJsonOnlyWholePartsOfAStringAreReplacedSoThatItStaysJson() {
        var text = "{\"to\": \"ann@b.org\", \"n\": 4912345678}";
        find(text, "ann@b.org", "email");
        find(text, "4912345678", "phone");
        find(text, "\"n\": 4912", "person");

        assertThat(mask(text))
                .isEqualTo(
                        "{\"to\": \"%s\", \"n\": 4912345678}".formatted(placeholder("EMAIL", 1)));
        assertThat(masked(text).left()).hasSize(2);
    }

    @Test
    void theValueIsKnownWithoutTheEscapesOfTheJsonAroundIt() {
        var text = "{\"a\": \"{\\\"who\\\": \\\"Ann \\\\\\\"Nan\\\\\\\" Lee\\\"}\"}";
        find(text, "Ann \\\\\\\"Nan\\\\\\\" Lee", "person");

        assertThat(mask(text))
                .isEqualTo(
                        "{\"a\": \"{\\\"who\\\": \\\"%s\\\"}\"}"
                                .formatted(placeholder("PERSON", 1)));
        assertThat(placeholders.values()).containsExactly("Ann \"Nan\" Lee");
    }

    @Test
    void aTagThatOccursInTheRequestIsNotUsed() {
        var first = Placeholders.fresh(new Random(3), _ -> false).orElseThrow();

        var second = Placeholders.fresh(new Random(3), first.tag()::equals).orElseThrow();

        assertThat(second.tag()).isNotEqualTo(first.tag());
        assertThat(Placeholders.fresh(new Random(3), _ -> true)).isEmpty();
    }

    @Test
    void aTableOfThousandsOfValuesIsNotMasked() {
        var text = new StringBuilder();
        for (int i = 0; i <= Masker.MAX_VALUES; i++) {
            int from = text.length();
            text.append("user").append(i).append("@b.org");
            findings.add(new Finding("email", "pii", 0.9, from, text.length(), PATH));
            text.append('\n');
        }

        assertThat(
                        Masker.mask(
                                List.of(new Text(PATH, text.toString())),
                                findings,
                                TYPES,
                                placeholders))
                .isNull();
    }

    @Test
    void aTextThatIsMadeToTakeLongIsNotMasked() {
        var almost = "a-".repeat(20);
        var values = new StringBuilder();
        for (int i = 0; i < Masker.MAX_VALUES; i++) {
            int from = values.length();
            values.append(almost).append(i).append("@b.org");
            findings.add(new Finding("email", "pii", 0.9, from, values.length(), PATH));
            values.append('\n');
        }

        assertThat(mask(values + almost)).endsWith(almost);
        var texts = List.of(new Text(PATH, values + almost.repeat(5_000)));
        assertThat(Masker.mask(texts, findings, TYPES, placeholders)).isNull();
    }

    @Test
    void aSecondScanMayTakePlaceholdersForFindings() {
        var placeholder = placeholders.of("credential", "hunter2");
        var text = "password: " + placeholder + " and hunter3";
        int to = 10 + placeholder.length();
        var ours = new Finding("credential", "secret", 0.9, 10, to, PATH);
        var cut = new Finding("credential", "secret", 0.9, 11, to - 2, PATH);
        var more = new Finding("credential", "secret", 0.9, 10, to + 5, PATH);
        var hidden = new Finding("credential", "secret", 0.9, 10, to, PATH, false);

        assertThat(Remaining.of(List.of(ours, cut, more, hidden), Map.of(PATH, text), placeholders))
                .containsExactly(more, hidden);
    }

    @Test
    void whatASecondScanFindsOutsideOfOurPlaceholdersSaysSomethingOfTheRequest() {
        var ours = placeholders.of("credential", "hunter2");
        var others = "[CREDENTIAL_zzzzzz_1]";
        var text = ours + others + ours;
        int first = ours.length();
        int second = first + others.length();
        var atTheBeginning = new Finding("credential", "secret", 0.9, 0, first, PATH);
        var atTheEnd = new Finding("credential", "secret", 0.9, second, text.length(), PATH);
        var notOurs = new Finding("credential", "secret", 0.9, first, second, PATH);
        var overBoth = new Finding("credential", "secret", 0.9, 3, second, PATH);
        var pastTheEnd = new Finding("credential", "secret", 0.9, 0, text.length() + 1, PATH);
        var elsewhere = new Finding("credential", "secret", 0.9, 0, first, "/other");
        var all = List.of(atTheBeginning, atTheEnd, notOurs, overBoth, pastTheEnd, elsewhere);

        assertThat(Remaining.of(all, Map.of(PATH, text), placeholders))
                .containsExactly(notOurs, overBoth, pastTheEnd, elsewhere);
    }

    @Test
    void signsAroundAPlaceholderSayNothingAndAPlaceholderThatIsCutOffIsNone() {
        var ours = placeholders.of("credential", "hunter2");
        int length = ours.length();
        var text = "a" + ours.substring(1) + " (" + ours + "). " + ours.substring(0, length - 1);
        int from = length + 1;
        int to = from + 1 + length;
        var noBeginning = new Finding("credential", "secret", 0.9, 0, length, PATH);
        var withSigns = new Finding("credential", "secret", 0.9, from, to + 3, PATH);
        var noEnd = new Finding("credential", "secret", 0.9, to + 3, text.length(), PATH);

        assertThat(
                        Remaining.of(
                                List.of(noBeginning, withSigns, noEnd),
                                Map.of(PATH, text),
                                placeholders))
                .containsExactly(noBeginning, noEnd);
    }

    @Test
    void aFindingIsMaskedFromTheConfidenceOnThatRaises() {
        assertThat(Maskable.is(new Finding("email", "pii", 0.5, 0, 4, PATH), TYPES)).isTrue();
        assertThat(Maskable.is(new Finding("email", "pii", 0.49, 0, 4, PATH), TYPES)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ab12, true",
        "abcd, false",
        "abcde, true",
        "a12, false",
        "张三, true",
        "张, false",
    })
    void aValueIsReplacedElsewhereWhenItsLettersAreNotThereByChance(
            String value, boolean elsewhere) {
        var text = "<%s> and <%s>".formatted(value, value);
        find(text, value, "person");

        assertThat(mask(text))
                .isEqualTo(
                        "<%s> and <%s>"
                                .formatted(
                                        placeholder("PERSON", 1),
                                        elsewhere ? placeholder("PERSON", 1) : value));
    }

    @Test
    void insideJsonAValueIsReplacedElsewhereOnlyWhereItStandsInOneString() {
        var text =
                "{\"a\":\"mail ann@example.org\",\"b\":\"ann@example.org!\",\"ann@example.org\":1,"
                        + "\"c\":[ann@example.org]}";
        find(text, "ann@example.org", "email");

        assertThat(mask(text))
                .startsWith(
                        "{\"a\":\"mail %1$s\",\"b\":\"%1$s!\"".formatted(placeholder("EMAIL", 1)))
                .endsWith("\"c\":[ann@example.org]}");
    }

    @Test
    void nothingPrintsTheValues() {
        var text = "mail ann@example.org";
        find(text, "ann@example.org", "email");

        assertThat(masked(text) + " " + placeholders + " " + placeholders.entries())
                .doesNotContain("ann@");
    }

    @Test
    void aPrivateKeyIsNeverMaskedBecauseABrokenOneHasNoEnd() {
        var key = new Finding("private-key", "secret", 0.9, 0, 4, "/messages/0/content");

        assertThat(Maskable.is(key, Set.of("private-key"))).isFalse();
    }
}
