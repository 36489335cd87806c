package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Digits written as words of several languages, or as Chinese numerals.
final class NumberWords {
    /// No such word.
    static final int NONE = -1;

    /// `double`, which says that the next digit stands twice; [#TRIPLE] likewise.
    static final int DOUBLE = 12;

    static final int TRIPLE = 13;

    private static final int SHORTEST = 2;
    private static final int LONGEST = 7;

    private static final String[] LANGUAGES = {
        "zero one two three four five six seven eight nine",
        "oh one two three four five six seven eight niner",
        "null eins zwei drei vier funf sechs sieben acht neun",
        "null ein zwo drei vier fuenf sechs sieben acht neun",
        "zero un deux trois quatre cinq six sept huit neuf",
        "zero uno due tre quattro cinque sei sette otto nove",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "zero um dois tres quatro cinco seis sete oito nove",
        "nul een twee drie vier vijf zes zeven acht negen"
    };

    private static final int SLOTS = 512;

    private static final Map<String, Integer> WORDS = words();

    /// The words and what they stand for, by [#slot].
    private static final long[] KEYS = new long[SLOTS];

    private static final byte[] VALUES = new byte[SLOTS];

    /// A bit for each pair of letters that a word begins with.
    private static final long[] PAIRS = pairs();

    static {
        WORDS.forEach((word, value) -> {
            var utf8 = word.getBytes(StandardCharsets.UTF_8);
            long key = key(utf8, 0, utf8.length);
            int slot = slot(key);
            KEYS[slot] = key;
            VALUES[slot] = value.byteValue();
        });
    }

    private NumberWords() {}

    /// Where a word stands, or the free place that shows that it is none.
    private static int slot(long key) {
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 55);
        while (KEYS[slot] != 0 && KEYS[slot] != key) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private static Map<String, Integer> words() {
        var words = new HashMap<String, Integer>();
        for (var language : LANGUAGES) {
            int digit = 0;
            for (var word : language.split(" ")) {
                words.put(word, digit++);
            }
        }
        for (var word : new String[] {"double", "doppel"}) {
            words.put(word, DOUBLE);
        }
        for (var word : new String[] {"triple", "treble"}) {
            words.put(word, TRIPLE);
        }
        return Map.copyOf(words);
    }

    /// All words, in UTF-8.
    static List<byte[]> all() {
        return WORDS.keySet().stream().map(it -> it.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static long[] pairs() {
        var pairs = new long[16];
        for (var word : WORDS.keySet()) {
            int pair = (word.charAt(1) & 31) << 5 | (word.charAt(0) & 31);
            pairs[pair >> 6] |= 1L << (pair & 63);
        }
        return pairs;
    }

    private static long key(byte[] b, int start, int end) {
        long key = 0;
        for (int i = start; i < end; i++) {
            key |= (long) (b[i] < 0 ? b[i] & 0xFF : b[i] | 0x20) << 8 * (i - start);
        }
        return key;
    }

    /// The digit that a word of letters stands for, [#DOUBLE], [#TRIPLE] or [#NONE].
    static int of(byte[] b, int start, int end) {
        int length = end - start;
        if (length < SHORTEST || length > LONGEST) {
            return NONE;
        }
        int pair = (b[start + 1] & 31) << 5 | (b[start] & 31);
        if ((PAIRS[pair >> 6] & 1L << (pair & 63)) == 0) {
            return NONE;
        }
        long key = key(b, start, end);
        int slot = slot(key);
        return KEYS[slot] == key ? VALUES[slot] : NONE;
    }

    /// The digit that a Chinese numeral stands for, or [#NONE].
    static int chinese(int codePoint) {
        return switch (codePoint) {
            case '〇', '零', '○' -> 0;
            case '一', '壹', '幺', '弌' -> 1;
            case '二', '贰', '貳', '两', '兩' -> 2;
            case '三', '叁', '叄', '參' -> 3;
            case '四', '肆' -> 4;
            case '五', '伍' -> 5;
            case '六', '陆', '陸' -> 6;
            case '七', '柒' -> 7;
            case '八', '捌' -> 8;
            case '九', '玖' -> 9;
            default -> NONE;
        };
    }
}
