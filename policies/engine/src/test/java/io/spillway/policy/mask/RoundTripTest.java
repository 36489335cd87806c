package io.spillway.policy.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import io.spillway.policy.mask.Masker.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is masked and echoed comes back as it was: random texts, depths of JSON and chunks.
class RoundTripTest {
    private static final String PATH = "/messages/0/content";
    private static final List<String> BITS =
            List.of(
                    " ", "Hello", "你好", "👩‍💻", "\"", "\\", "\n", "[", "]", "_", "{", "}", ",",
                    ":", "1", "[EMAIL_", "E", "PERSON", "é", "\t");
    private static final List<String> VALUES =
            List.of(
                    "ann@example.org",
                    "+49 30 1234567",
                    "王小明",
                    "O'Neil \"Bo\" Roe",
                    "C:\\keys\\a",
                    "12 Main St\nTown",
                    "👑 King",
                    "x");

    @Test
    void everyTextComesBackWhateverTheChunks() {
        var random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            round(random, round);
        }
    }

    private static void round(Random random, int round) {
        var findings = new ArrayList<Finding>();
        int depth = random.nextInt(4);
        var text = text(random, depth, findings);
        var placeholders =
                Placeholders.fresh(
                                random,
                                tag -> text.toLowerCase(java.util.Locale.ROOT).contains(tag))
                        .orElseThrow();

        var masked =
                Objects.requireNonNull(
                        Masker.mask(
                                List.of(new Text(PATH, text)),
                                findings,
                                Set.of("secret-type"),
                                placeholders));
        var sent = Masker.apply(text, masked.replacements());

        assertThat(masked.left()).as("round %d: %s", round, text).isEmpty();
        for (var finding : findings) {
            var value =
                    text.substring(
                            text.offsetByCodePoints(0, finding.start()),
                            text.offsetByCodePoints(0, finding.end()));
            if (value.length() > 4) {
                assertThat(sent).as("round %d: %s", round, text).doesNotContain(value);
            }
        }
        assertThat(restored(sent, placeholders, random))
                .as("round %d, depth %d, sent %s", round, depth, sent)
                .isEqualTo(text);
    }

    private static String restored(String sent, Placeholders placeholders, Random random) {
        var restorer = new Restorer(placeholders, false);
        var out = new StringBuilder();
        int at = 0;
        while (at < sent.length()) {
            int next = Math.min(sent.length(), at + 1 + random.nextInt(12));
            out.append(restorer.feed(sent.substring(at, next)));
            at = next;
        }
        return out.append(restorer.flush()).toString();
    }

    /// Words and values inside that many JSON strings.
    private static String text(Random random, int depth, List<Finding> findings) {
        var out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            out.append(JsonEscapes.escape("{\"k\": \"", i));
        }
        if (depth == 0) {
            out.append("Text: ");
        } else {
            out.append("t ");
        }
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                out.append(' ');
                int from = out.codePointCount(0, out.length());
                var value = VALUES.get(random.nextInt(VALUES.size()));
                out.append(JsonEscapes.escape(value, depth));
                findings.add(
                        new Finding(
                                "secret-type",
                                "pii",
                                1.0,
                                from,
                                out.codePointCount(0, out.length()),
                                PATH));
                out.append(' ');
            } else {
                out.append(JsonEscapes.escape(BITS.get(random.nextInt(BITS.size())), depth));
            }
        }
        for (int i = depth - 1; i >= 0; i--) {
            out.append(JsonEscapes.escape("\"}", i));
        }
        return out.toString();
    }
}
