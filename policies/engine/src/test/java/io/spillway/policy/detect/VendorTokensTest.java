package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.request.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each row of the table finds what it describes and nothing that only looks like it; and a list of
/// values that was written without the table is found.
class VendorTokensTest {
    private static final Pattern RUN = Pattern.compile("\\[(\\S+) (\\d+)(?:-(\\d+))?]");

    static Stream<VendorTokens.Row> rows() {
        return VendorTokens.rows().stream();
    }

    static Stream<String[]> written() throws IOException {
        try (var in =
                VendorTokensTest.class.getResourceAsStream("/samples/secrets/vendor-tokens.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("\t"))
                            .toList()
                            .stream();
        }
    }

    private static boolean isSecret(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .anyMatch(it -> it.category().equals("secret") && it.confidence() >= 0.5);
    }

    /// A value in the form; with a filler, the same without anything random in it.
    private static String example(String notation, Random random, String filler) {
        var form = notation.endsWith("?") ? notation.substring(0, notation.length() - 1) : notation;
        return RUN.matcher(form)
                .replaceAll(run -> {
                    var characters = TokenAlphabet.named(run.group(1)).characters();
                    int length = Integer.parseInt(run.group(2));
                    var text = new StringBuilder();
                    while (text.length() < length) {
                        char c = characters.charAt(random.nextInt(characters.length()));
                        // Punctuation at an end would read as the sentence's.
                        if (filler.isEmpty() && Character.isLetterOrDigit(c)) {
                            text.append(c);
                        } else if (!filler.isEmpty()) {
                            text.append(filler);
                        }
                    }
                    return Matcher.quoteReplacement(text.substring(0, length));
                })
                .replace("\\n", "\n");
    }

    @Test
    void atLeastAHundredAndTwentyVendorsAreKnown() {
        assertThat(rows().map(VendorTokens.Row::vendor).distinct().count())
                .isGreaterThanOrEqualTo(120);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatARowDescribesIsFound(VendorTokens.Row row) {
        var random = new Random(row.notation().hashCode());
        for (int i = 0; i < 5; i++) {
            var token =
                    Stream.generate(() -> example(row.notation(), random, ""))
                            .filter(it -> it.chars().filter(Character::isDigit).count() >= 2)
                            .findFirst()
                            .orElseThrow();

            assertThat(isSecret("It says " + token + " there")).as(token).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aPlaceholderInItsFormIsNotFound(VendorTokens.Row row) {
        var placeholder = example(row.notation(), new Random(1), "x");

        assertThat(isSecret("It says " + placeholder + " there")).as(placeholder).isFalse();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itsBeginningAloneIsNotFound(VendorTokens.Row row) {
        int run = row.notation().indexOf('[');
        var beginning = row.notation().substring(0, run);

        assertThat(isSecret("Tokens begin with " + beginning + " there")).as(beginning).isFalse();
    }

    @ParameterizedTest
    @MethodSource("written")
    void valuesInPublishedFormsAreFound(String vendor, String beginning, String rest) {
        for (var around : new String[] {"%s", "key=%s", "use \"%s\", please", "<a>%s</a>", "%s."}) {
            var text = around.formatted(beginning + rest);

            assertThat(isSecret(text)).as(vendor + ": " + text).isTrue();
        }
    }

    @Test
    void aFindingSaysWhoseTokenItIs() {
        assertThat(vendors("ghp_16C7e42F292c6912E7710c838347Ae178B4a")).containsExactly("GitHub");
        assertThat(vendors("4614724432:AAH9sYz3tB5nM8vC1xL4pR6uJ0hG2fDeAoI"))
                .containsExactly("Telegram");
        assertThat(vendors("heroku: 4f7c19e2-83b5-4d06-9a1e-5c72d8b3f640"))
                .containsExactly("Heroku");
        assertThat(vendors("Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ=="))
                .contains("GitHub");
    }

    @Test
    void aSecretOfNobodyKnownHasNoVendor() {
        assertThat(DetectorSamplesTest.scan("apiToken = '7fK2mZ7qL1xV4bN8cD3s'"))
                .singleElement()
                .extracting(Finding::vendor)
                .isNull();
    }

    private static List<String> vendors(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .filter(it -> it.type().equals("access-token"))
                .map(Finding::vendor)
                .toList();
    }

    @Test
    void aFormWhoseTextCouldBelongToTheRunBeforeIsRefused() {
        assertThatThrownBy(() -> TokenShape.of("ab_[url 3-9]-[hex 4]"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
