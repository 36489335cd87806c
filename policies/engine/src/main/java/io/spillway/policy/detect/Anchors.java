package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Lower-case words after which a name may follow that has no capital letter either.
final class Anchors {
    private static final String[] WORDS = {
        "name",
        "is",
        "dear",
        "mr",
        "mrs",
        "ms",
        "dr",
        "patient",
        "customer",
        "client",
        "cardholder",
        "attn",
        "i'm",
        "am",
        "me",
        "holder",
        "with",
        "call",
        "contact"
    };

    /// A bit for each first two letters.
    private static final long[] PAIRS = pairs();

    private Anchors() {}

    private static long[] pairs() {
        var pairs = new long[16];
        for (var word : WORDS) {
            int pair = pair(word.charAt(0), word.charAt(1));
            pairs[pair >> 6] |= 1L << (pair & 63);
        }
        return pairs;
    }

    private static int pair(int first, int second) {
        return (first & 31) << 5 | (second & 31);
    }

    /// All words; a short one with what may stand behind it.
    static List<byte[]> all() {
        var all = new ArrayList<byte[]>();
        for (var word : WORDS) {
            for (var behind : new String[] {" ", ":", "."}) {
                all.add((word + behind).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return all;
    }

    /// Whether the word can be one, by its first letters and its length.
    static boolean mayBe(byte[] b, int start, int end) {
        if (end - start < 2 || end - start > 10) {
            return false;
        }
        int pair = pair(b[start], b[start + 1]);
        return (PAIRS[pair >> 6] & 1L << (pair & 63)) != 0;
    }
}
