package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Words whose presence near a number says what it is. Compared without regard to ASCII letter
/// case.
final class Words {
    /// No word is longer, in bytes.
    static final int LONGEST = 20;

    private final byte[][] words;

    /// A bit for each pair of bytes that some word begins with: most places are passed over by it.
    private final long[] pairs = new long[1024];

    Words(String... words) {
        this.words = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = words[i].getBytes(StandardCharsets.UTF_8);
            if (this.words[i].length > LONGEST) {
                throw new IllegalArgumentException("word '%s' is too long".formatted(words[i]));
            }
            int pair = pair(this.words[i][0], this.words[i][1]);
            pairs[pair >> 6] |= 1L << (pair & 63);
        }
    }

    static Words anyOf(Words... several) {
        return new Words(
                Arrays.stream(several)
                        .flatMap(it -> Arrays.stream(it.words))
                        .map(it -> new String(it, StandardCharsets.UTF_8))
                        .toArray(String[]::new));
    }

    /// The words in UTF-8.
    List<byte[]> all() {
        return List.of(words);
    }

    /// Whether one stands in the bytes.
    boolean within(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (isAt(b, i, end)) {
                return true;
            }
        }
        return false;
    }

    /// Whether one begins there.
    boolean isAt(byte[] b, int at, int end) {
        if (at + 1 >= end) {
            return false;
        }
        int pair = pair(b[at], b[at + 1]);
        if ((pairs[pair >> 6] & 1L << (pair & 63)) == 0) {
            return false;
        }
        for (var word : words) {
            if (at + word.length <= end && isAt(b, at, word)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the bytes are one.
    boolean is(byte[] b, int start, int end) {
        for (var word : words) {
            if (word.length == end - start && isAt(b, start, word)) {
                return true;
            }
        }
        return false;
    }

    private static int pair(byte first, byte second) {
        return lower(first) << 8 | lower(second);
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c & 0xFF;
    }

    private static boolean isAt(byte[] b, int at, byte[] word) {
        for (int k = 0; k < word.length; k++) {
            if (lower(b[at + k]) != (word[k] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
