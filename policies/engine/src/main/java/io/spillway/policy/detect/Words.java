package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Words whose presence near a number says what it is. Compared without regard to ASCII letter
/// case.
final class Words {
    /// No word is longer, in bytes.
    static final int LONGEST = 20;

    private static final byte[][] NONE = {};
    private static final int PAIRS = 1024;
    private static final int BUCKETS = 64;

    /// The words by the pair of bytes that they begin with.
    private final byte[][][] buckets = new byte[BUCKETS][0][];

    /// A bit for each pair of bytes that some word begins with: most places are passed over by it.
    private final long[] pairs = new long[PAIRS >> 6];

    Words(String... words) {
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > LONGEST || bytes.length < 2) {
                throw new IllegalArgumentException(
                        "word '%s' has %d bytes; expected 2 to %d"
                                .formatted(word, bytes.length, LONGEST));
            }
            int pair = pair(bytes, 0);
            pairs[pair >> 6] |= 1L << (pair & 63);
            var bucket = buckets[bucket(pair)];
            buckets[bucket(pair)] = Arrays.copyOf(bucket, bucket.length + 1);
            buckets[bucket(pair)][bucket.length] = bytes;
        }
    }

    /// The words in UTF-8.
    List<byte[]> all() {
        return Arrays.stream(buckets).flatMap(Arrays::stream).toList();
    }

    /// Whether one stands in the bytes.
    boolean within(byte[] b, int start, int end) {
        int pair = 0;
        for (int i = start; i < end; i++) {
            pair = (pair << 5 | b[i] & 31) & PAIRS - 1;
            if (begins(pair) && i > start && isAt(b, i - 1, end, pair)) {
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
        int pair = pair(b, at);
        return begins(pair) && isAt(b, at, end, pair);
    }

    private boolean isAt(byte[] b, int at, int end, int pair) {
        for (var word : buckets[bucket(pair)]) {
            if (at + word.length <= end && isAt(b, at, word)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the bytes are one.
    boolean is(byte[] b, int start, int end) {
        for (var word : candidates(b, start, end)) {
            if (word.length == end - start && isAt(b, start, word)) {
                return true;
            }
        }
        return false;
    }

    /// Whether one begins there that ends where a part of a name ends: `key` of `keyId`, but not of
    /// `keyboard`.
    boolean isPartAt(byte[] b, int at, int end) {
        for (var word : candidates(b, at, end)) {
            int stop = at + word.length;
            if (stop <= end && isAt(b, at, word) && (stop == end || partEnds(b, stop))) {
                return true;
            }
        }
        return false;
    }

    private static boolean partEnds(byte[] b, int stop) {
        return !Bytes.is(b[stop], LETTER)
                || (Bytes.is(b[stop], UPPER) && Bytes.is(b[stop - 1], LOWER));
    }

    private byte[][] candidates(byte[] b, int at, int end) {
        if (at + 1 >= end) {
            return NONE;
        }
        int pair = pair(b, at);
        return begins(pair) ? buckets[bucket(pair)] : NONE;
    }

    private boolean begins(int pair) {
        return (pairs[pair >> 6] & 1L << (pair & 63)) != 0;
    }

    /// Five bits of two bytes each, which are the same for both cases of a letter.
    private static int pair(byte[] b, int at) {
        return (b[at] & 31) << 5 | (b[at + 1] & 31);
    }

    private static int bucket(int pair) {
        return (pair ^ pair >> 5) & BUCKETS - 1;
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
