package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BenignTest {
    private static final int EACH = Integer.getInteger("benign.each", 150);

    @Test
    void readingsOfBenignTextRaiseNothing() {
        var raised = new ArrayList<String>();
        int texts = 0;
        for (var kind : Benign.kinds().entrySet()) {
            var random = new Random(7);
            for (int i = 0; i < EACH; i++) {
                var text = kind.getValue().apply(random);
                texts++;
                // What stands in the text as it is has its own tests.
                DetectorSamplesTest.scan(text).stream()
                        .filter(it -> it.confidence() >= 0.5)
                        .filter(it -> Boolean.getBoolean("benign.all") || !it.literal())
                        .findFirst()
                        .ifPresent(it -> raised.add(kind.getKey() + " " + it + " " + at(text, it)));
            }
        }
        if (Boolean.getBoolean("benign.details")) {
            raised.forEach(System.out::println);
        }
        assertThat(raised).as("of %d texts", texts).hasSizeLessThanOrEqualTo(texts * 3 / 1000);
    }

    private static String at(String text, io.spillway.api.request.Finding finding) {
        int[] points = text.codePoints().toArray();
        return new String(points, finding.start(), finding.end() - finding.start());
    }

    @Test
    void sentencesThatLookLikeDisguisesRaiseNothing() {
        for (var text :
                List.of(
                        "Meet me at noon. Dot the i's, cross the t's.",
                        "The decimal point is at the third digit.",
                        "Lunch @ 12? Coffee @ the corner. See you there.",
                        "Connect the dots at www dot example.",
                        "W E L C O M E   T O   T H E   S H O W",
                        "A. B. C. D. E. F. G. H.",
                        "press a, b, c, d, e, f, g or h",
                        "Zero one two three four five six seven eight nine.",
                        "一二三四五六七八九十",
                        "二〇二六年十一月二十二日",
                        "thisIsAVeryLongCamelCaseIdentifierInJava",
                        "aGVsbG8gd29ybGQsIHRoaXMgaXMgYSB0ZXN0",
                        "%E4%BD%A0%E5%A5%BD%E4%B8%96%E7%95%8C",
                        "Привет, мир! Это e-mail или письмо?",
                        "0101010001101000 is binary")) {
            assertThat(DetectorSamplesTest.scan(text))
                    .as(text)
                    .noneMatch(it -> it.confidence() >= 0.5);
        }
    }
}
