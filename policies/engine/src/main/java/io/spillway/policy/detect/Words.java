package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;

/// Words whose presence near a number says what it is. Compared without regard to ASCII letter
/// case.
final class Words {
    private static final int REACH = 48;
    private static final int REACH_BEHIND = 16;

    private final byte[][] words;

    /// A bit for each pair of bytes that some word begins with: most places are passed over by it.
    private final long[] pairs = new long[1024];

    Words(String... words) {
        this.words = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = words[i].getBytes(StandardCharsets.UTF_8);
            int pair = pair(this.words[i][0], this.words[i][1]);
            pairs[pair >> 6] |= 1L << (pair & 63);
        }
    }

    /// Whether one stands shortly before `start` or right behind `end`.
    boolean near(byte[] b, int from, int start, int end, int to) {
        return within(b, Math.max(from, start - REACH), start)
                || within(b, end, Math.min(to, end + REACH_BEHIND));
    }

    /// Whether one stands in the bytes.
    boolean within(byte[] b, int start, int end) {
        for (int i = start; i + 1 < end; i++) {
            int pair = pair(b[i], b[i + 1]);
            if ((pairs[pair >> 6] & 1L << (pair & 63)) != 0 && anyAt(b, i, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyAt(byte[] b, int at, int end) {
        for (var word : words) {
            if (at + word.length <= end && isAt(b, at, word)) {
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
