package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final String CHARACTERS = "abzAZ0199 @[`{/:-._\n\t\u007f\u0001éü卡😀";

    @Test
    void wordsBeginAndEndWhereAByteByByteReadingSaysSo() {
        forRandomTexts((b, from, to, outline) -> {
            assertThat(places(outline::start, from, to))
                    .isEqualTo(naive(from, to, i -> b[i] < 0 || begins(b, from, i)));
            for (int i : naive(from, to, i -> isWord(b[i]))) {
                int end = i;
                while (end < to && isWord(b[end])) {
                    end++;
                }
                assertThat(outline.end(i)).isEqualTo(end);
            }
        });
    }

    @Test
    void everyNumberSignAndCharacterBeyondAsciiIsAnAnchor() {
        forRandomTexts((b, from, to, outline) ->
                assertThat(places(outline::anchor, from, to))
                        .containsAll(
                                naive(
                                        from,
                                        to,
                                        i ->
                                                b[i] < 0
                                                        || Scanner.SIGNS.indexOf(b[i]) >= 0
                                                        || isNumber(b, from, i))));
    }

    @Test
    void everyCapitalOrNumberThatBeginsAWordMayBeAName() {
        forRandomTexts((b, from, to, outline) -> {
            assertThat(places(outline::name, from, to))
                    .containsAll(naive(from, to, i -> begins(b, from, i) && b[i] < 'a'));
            assertThat(outline.hasCapitals())
                    .isEqualTo(!naive(from, to, i -> b[i] >= 'A' && b[i] <= 'Z').isEmpty());
        });
    }

    @Test
    void shortWordsAndNumbersMayBePieces() {
        forRandomTexts((b, from, to, outline) ->
                assertThat(places(outline::piece, from, to))
                        .containsAll(
                                naive(
                                        from,
                                        to,
                                        i ->
                                                begins(b, from, i)
                                                        && (outline.end(i) - i <= 2
                                                                || b[i] <= '9'))));
    }

    @Test
    void codeIsWhereTwelveOfItsBytesStandInARow() {
        forRandomTexts((b, from, to, outline) ->
                assertThat(places(outline::code, from, to))
                        .isEqualTo(naive(from, to, i -> isCode(b, i, to))));
    }

    private static boolean isCode(byte[] b, int at, int to) {
        for (int i = at; i < at + 12; i++) {
            if (i >= to || !(isWord(b[i]) || "+/-_".indexOf(b[i]) >= 0)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyWordThatAPassLooksForOpensItsDoor() {
        opens(Tokens.prefixes(), Outline::anchor);
        opens(Spoken.nouns(), Outline::anchor);
        opens(NumberWords.all(), Outline::piece);
        opens(Anchors.all(), Outline::name);
        opens(Addresses.dots(), Outline::address);
    }

    private interface Next {
        int of(Outline outline, int i);
    }

    private static void opens(List<byte[]> words, Next next) {
        assertThat(words).isNotEmpty();
        for (var word : words) {
            var text = ("xyz." + new String(word, StandardCharsets.UTF_8) + " and what follows");
            var b = text.getBytes(StandardCharsets.UTF_8);
            assertThat(next.of(new Outline().read(b, 3, b.length), 4)).as(text).isEqualTo(4);
        }
    }

    private interface Check {
        void of(byte[] b, int from, int to, Outline outline);
    }

    private static void forRandomTexts(Check check) {
        var random = new Random(5);
        var characters = CHARACTERS.codePoints().toArray();
        for (int round = 0; round < 400; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(300);
            for (int i = 0; i < length; i++) {
                boolean word = i / 20 % 2 == 0 && random.nextInt(8) > 0;
                int most = word ? 9 : characters.length;
                text.appendCodePoint(characters[random.nextInt(most)]);
            }
            var b = text.toString().getBytes(StandardCharsets.UTF_8);
            int from = random.nextInt(b.length + 1);
            int to = from + random.nextInt(b.length - from + 1);
            check.of(b, from, to, new Outline().read(b, from, to));
        }
    }

    private static List<Integer> places(IntUnaryOperator next, int from, int to) {
        var places = new ArrayList<Integer>();
        for (int i = next.applyAsInt(from); i < to; i = next.applyAsInt(i + 1)) {
            places.add(i);
        }
        return places;
    }

    private static List<Integer> naive(int from, int to, IntPredicate is) {
        var places = new ArrayList<Integer>();
        for (int i = from; i < to; i++) {
            if (is.test(i)) {
                places.add(i);
            }
        }
        return places;
    }

    private static boolean isWord(byte c) {
        return c > 0 && Character.isLetterOrDigit(c);
    }

    private static boolean begins(byte[] b, int from, int i) {
        return isWord(b[i]) && (i == from || !isWord(b[i - 1]));
    }

    private static boolean isNumber(byte[] b, int from, int i) {
        return Character.isDigit(b[i]) && (i == from || !Character.isDigit(b[i - 1]));
    }
}
