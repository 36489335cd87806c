package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
    private static Scan scan(Detectors detectors, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return detectors.scan(List.of(new TextLeaf("/text", utf8, 0, utf8.length)));
    }

    /// Texts made to be looked at again and again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "4111 1111 1111 1112 ",
                "1-",
                "@",
                "a@",
                "a @ ",
                " dot com",
                "a at b dot c dot ",
                "%25",
                "%2525",
                "\\",
                "\\\\u0034",
                "&#52;",
                "&",
                "=34",
                "/",
                "QUFB",
                "4142",
                "one two ",
                "double ",
                "一",
                "x1",
                "4 1 1 1 ",
                "４",
                "\u200B",
                "а1",
                "éx@",
                ":",
                "a:b=",
                "-----BEGIN ",
                "eyJ",
                "a=eyJ",
                "密码是",
                "[",
                "00 ",
                "01010101 ",
                "http://a:b",
            })
    void aTextMadeToBeExpensiveTakesTimeInProportionToItsLength(String unit) {
        var small = unit.repeat(32_768 / unit.length());
        var large = unit.repeat(1_048_576 / unit.length());
        scan(Detectors.builtIn(), small);

        long start = System.nanoTime();
        scan(Detectors.builtIn(), large);
        var took = Duration.ofNanos(System.nanoTime() - start);

        // A pass in the square of the length would take hours.
        assertThat(took).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aMegabyteOfOrdinaryTextStaysWithinItsSteps() {
        for (var kind : Benign.kinds().values()) {
            var text = new StringBuilder();
            var random = new java.util.Random(3);
            while (text.length() < 100_000) {
                text.append(kind.apply(random)).append('\n');
            }
            assertThat(scan(Detectors.builtIn(), text.toString()).exhausted()).isFalse();
        }
    }

    @Test
    void aDetectorThatNeedsTooManyStepsExhaustsTheScan() {
        Detector hungry =
                new Detector() {
                    @Override
                    public void find(byte[] b, int from, int to, Hits hits) {
                        while (hits.spend(1000)) {
                            assertThat(hits.size()).isZero();
                        }
                    }

                    @Override
                    public String identity() {
                        return "hungry";
                    }
                };

        assertThat(scan(Detectors.builtIn().with(List.of(hungry)), "any text").exhausted())
                .isTrue();
    }

    @Test
    void encodingsBeyondTheThirdAreNotFollowed() {
        var card = "my card is 4111111111111111 until 11/27";
        var thrice = Evasions.base64(Evasions.base64(Evasions.base64(card)));

        assertThat(scan(Detectors.builtIn(), thrice).findings()).isNotEmpty();
        assertThat(scan(Detectors.builtIn(), Evasions.base64(thrice)).findings()).isEmpty();
    }

    @Test
    void theDigestNamesTheSetOfDetectors() {
        Detector other = new Named();

        assertThat(Detectors.builtIn().digest()).matches("[0-9a-f]{64}");
        assertThat(Detectors.builtIn().with(List.of(other)).digest())
                .isNotEqualTo(Detectors.builtIn().digest())
                .isEqualTo(Detectors.builtIn().with(List.of(new Named())).digest());
    }

    private static final class Named implements Detector {
        @Override
        public void find(byte[] b, int from, int to, Hits hits) {
            hits.add("mine", "own", 0.9, from, to);
        }

        @Override
        public String identity() {
            return "named 1";
        }
    }
}
