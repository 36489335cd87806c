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
    private static final List<String> VALUES =
            List.of(
                    "440308 19990110 1512",
                    "440308-1999-0110-1512",
                    "138 1234 5678",
                    "86 138 1234 5678",
                    "86138-1234-5678",
                    "756.9217.0769.85",
                    "111.444.777-35",
                    "4111 1111 1111 1111",
                    "3782 822463 10005",
                    "192.168.4.17",
                    "219-09-1234",
                    "11 98765-4321",
                    "1 415 555 0132",
                    "020 7123 4567",
                    "01.23.45.67.89");

    private static final String PAUSE = " ;   ; ";

    private static final List<String> SEPARATORS =
            List.of(
                    " ", "-", ".", "/", " ", ", ", ",", "\n", ":", "  ", " +", " (", ") ", "+", "_",
                    " - ", ";", "(");

    private static final String CHARACTERS = "abzAZ0199 @[`{/:-._\n\t\u007f\u0001éü卡😀";

    @Test
    void wordsBeginAndEndWhereAByteByByteReadingSaysSo() {
        forRandomTexts((b, from, to, outline) -> {
            assertThat(places(outline::start, from, to))
                    .isEqualTo(naive(from, to, i -> isLead(b[i]) || begins(b, from, i)));
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
    void everyCharacterBeyondAsciiAndNearALetterEveryNumberAndSignIsAnAnchor() {
        forRandomTexts((b, from, to, outline) -> {
            IntPredicate mayBe = i -> Scanner.SIGNS.indexOf(b[i]) >= 0 || isNumber(b, from, i);
            IntPredicate near = i -> hasLetter(b, from, to, i - 64, i + 64);
            assertThat(places(outline::anchor, from, to))
                    .containsAll(
                            naive(from, to, i -> isLead(b[i]) || (mayBe.test(i) && near.test(i))));
        });
    }

    @Test
    void everyPlaceWhereAKeywordMayBeginIsOne() {
        forRandomTexts((b, from, to, outline) ->
                assertThat(places(i -> outline.keyword(i, to), from, to))
                        .containsAll(
                                naive(
                                        from,
                                        to - 1,
                                        i -> isWhole(b[i]) && Keywords.ALL.mayBegin(b, from, i))));
    }

    @Test
    void aKeywordBehindTheLimitIsNotLookedFor() {
        var b = "1234 ".repeat(60).concat("card").getBytes(StandardCharsets.US_ASCII);
        var outline = new Outline().read(b, 0, b.length);
        assertThat(outline.keyword(3, 200)).isEqualTo(200);
        assertThat(outline.keyword(3, b.length)).isEqualTo(300);
    }

    @Test
    void everyCapitalAndEveryNumberNearALetterThatBeginsAWordMayBeAName() {
        forRandomTexts((b, from, to, outline) -> {
            IntPredicate mayBe =
                    i -> b[i] < 'a' && (b[i] > '9' || hasLetter(b, from, to, i - 64, i + 64));
            assertThat(places(outline::name, from, to))
                    .containsAll(naive(from, to, i -> begins(b, from, i) && mayBe.test(i)));
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

    @Test
    void farFromLettersNoNumberBeginsWhereThereIsNoAnchor() {
        var random = new Random(11);
        for (int round = 0; round < 6000; round++) {
            var text = numbers(random);
            var b = text.getBytes(StandardCharsets.US_ASCII);
            var outline = new Outline().read(b, 0, b.length);
            // Beside what may be a word that speaks of numbers, all forms are tried.
            var said = text.replace(PAUSE, " ;cax; ").getBytes(StandardCharsets.US_ASCII);
            var numbers = new Numbers();
            numbers.begin(said, 0, said.length, new Outline().read(said, 0, said.length));
            var hits = new Hits(said, 0, said.length, new Steps(1_000_000));
            for (int i : naive(0, b.length, i -> isNumber(b, 0, i))) {
                if (outline.anchor(i) != i) {
                    numbers.find(i, hits);
                }
            }
            assertThat(hits.size()).as(text).isZero();
        }
    }

    @Test
    void amongNumbersFewAreLookedAt() {
        var text = "12 345 678 2024-11-22 09:30 3.14159 1,234,567 0.0012 99 100.5 42 7 2048 65536 ";
        var b = text.repeat(20).getBytes(StandardCharsets.US_ASCII);
        var anchors = places(new Outline().read(b, 0, b.length)::anchor, 0, b.length);
        var runs = naive(0, b.length, i -> isNumber(b, 0, i));
        assertThat(anchors.size()).isLessThan(runs.size() / 3);
    }

    private static String numbers(Random random) {
        var text = new StringBuilder();
        var usual = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
        int longest = 1 + random.nextInt(6);
        while (text.length() < 400) {
            if (random.nextInt(8) == 0) {
                text.append(PAUSE);
            }
            if (random.nextInt(12) == 0) {
                text.append(VALUES.get(random.nextInt(VALUES.size()))).append("; ");
            }
            int length = 1 + random.nextInt(random.nextInt(12) == 0 ? 18 : longest);
            for (int i = 0; i < length; i++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            boolean other = random.nextInt(3) == 0;
            text.append(other ? SEPARATORS.get(random.nextInt(SEPARATORS.size())) : usual);
        }
        return text.toString();
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

    private static boolean hasLetter(byte[] b, int from, int to, int first, int last) {
        int start = Math.max(from, first);
        return !naive(start, Math.min(to, last), i -> b[i] < 0 || Character.isLetter(b[i]))
                .isEmpty();
    }

    /// Whether the byte is no later one of a character.
    private static boolean isWhole(byte c) {
        return c >= 0 || isLead(c);
    }

    private static boolean isLead(byte c) {
        return (c & 0xC0) == 0xC0;
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
