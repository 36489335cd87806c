package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;

/// The words of all topics in one table, so that a place in a text is looked up once for all.
final class Keywords {
    /// No word is longer, in bytes.
    static final int LONGEST = 40;

    /// Words of up to this many ASCII letters do not go on.
    private static final int SHORT = 4;

    private static final byte[] FOLD = asciiFold();

    static final Keywords ALL = new Keywords();

    /// A bit for each pair of bytes that some word begins with: most places are passed over by it.
    private final long[] pairs = new long[1024];

    /// Whether some word begins with the byte, in whichever case.
    private final boolean[] first = new boolean[256];

    private final Entry[][] buckets = new Entry[1024][0];

    /// @param word folded
    /// @param topics a bit for each topic by ordinal
    record Entry(byte[] word, int topics, boolean ascii, boolean alone) {}

    private Keywords() {
        var topics = new LinkedHashMap<String, Integer>();
        for (var topic : Topic.values()) {
            for (var word : topic.words()) {
                topics.merge(word, 1 << topic.ordinal(), (one, other) -> one | other);
            }
        }
        topics.forEach(this::put);
    }

    private void put(String word, int topics) {
        var bytes = word.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST || bytes.length < 2) {
            throw new IllegalArgumentException(
                    "word '%s' has %d bytes; expected 2 to %d"
                            .formatted(word, bytes.length, LONGEST));
        }
        var folded = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            folded[i] = (byte) fold(bytes, i);
        }
        boolean ascii = bytes[0] >= 0;
        if (ascii && !is(bytes[0], LETTER)) {
            throw new IllegalArgumentException(
                    "word '%s' begins with '%c'; expected a letter".formatted(word, bytes[0]));
        }
        boolean alone = bytes.length <= SHORT && ascii && is(bytes[bytes.length - 1], LETTER);
        int pair = (folded[0] & 0xFF) << 8 | (folded[1] & 0xFF);
        pairs[pair >> 6] |= 1L << (pair & 63);
        first[folded[0] & 0xFF] = true;
        first[Character.toUpperCase((char) (folded[0] & 0x7F)) | (folded[0] & 0x80)] = true;
        int bucket = bucket(pair);
        int size = buckets[bucket].length;
        buckets[bucket] = Arrays.copyOf(buckets[bucket], size + 1);
        buckets[bucket][size] = new Entry(folded, topics, ascii, alone);
    }

    private static int bucket(int pair) {
        return (pair ^ pair >> 6) & 1023;
    }

    private static byte[] asciiFold() {
        var fold = new byte[128];
        for (int c = 0; c < 128; c++) {
            boolean dash = c == '_' || c == '-';
            fold[c] = (byte) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : dash ? ' ' : c);
        }
        return fold;
    }

    /// Lower case of ASCII and Latin-1 letters; the dashes of names in programs are blanks.
    private static int fold(byte[] b, int i) {
        int c = b[i];
        if (c >= 0) {
            return FOLD[c];
        }
        c &= 0xFF;
        boolean accent = c < 0x9F && i > 0 && (b[i - 1] & 0xFF) == 0xC3;
        return accent ? c | 0x20 : c;
    }

    /// Whether a word may begin there: cheap, and mostly false.
    boolean mayBegin(byte[] b, int from, int at) {
        if (!first[b[at] & 0xFF] || (at > from && !beginsWord(b, at))) {
            return false;
        }
        int pair = fold(b, at) << 8 | fold(b, at + 1);
        return (pairs[pair >> 6] & 1L << (pair & 63)) != 0;
    }

    /// Whether a word begins there and ends before `to`.
    boolean isAt(byte[] b, int from, int at, int to) {
        for (var entry : entries(b, at)) {
            if (matches(entry, b, from, at, to)) {
                return true;
            }
        }
        return false;
    }

    /// Tells the context of all words that begin there and end before `to`.
    void find(byte[] b, int from, int at, int to, Context context) {
        for (var entry : entries(b, at)) {
            if (matches(entry, b, from, at, to)) {
                context.note(entry.topics, at, at + entry.word.length);
            }
        }
    }

    private Entry[] entries(byte[] b, int at) {
        return buckets[bucket(fold(b, at) << 8 | fold(b, at + 1))];
    }

    private static boolean beginsWord(byte[] b, int at) {
        return !is(b[at], LETTER)
                || !is(b[at - 1], LETTER)
                || (is(b[at], UPPER) && is(b[at - 1], LOWER));
    }

    private static boolean matches(Entry entry, byte[] b, int from, int at, int to) {
        var word = entry.word;
        if (at + word.length > to || (entry.ascii && at > from && !beginsWord(b, at))) {
            return false;
        }
        for (int k = 1; k < word.length; k++) {
            if (fold(b, at + k) != (word[k] & 0xFF)) {
                return false;
            }
        }
        int end = at + word.length;
        return fold(b, at) == (word[0] & 0xFF) && (!entry.alone || end >= to || !goesOn(b, end));
    }

    private static boolean goesOn(byte[] b, int end) {
        boolean camel = is(b[end], UPPER) && is(b[end - 1], LOWER);
        // An accented letter is two bytes beyond ASCII; other scripts have no blanks around names.
        boolean accent = is(b[end], HIGH) && (b[end] & 0xFF) < 0xD0;
        return (is(b[end], LETTER) && !camel) || accent;
    }
}
