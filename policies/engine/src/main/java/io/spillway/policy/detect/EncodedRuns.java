package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.util.Arrays;
import java.util.function.Consumer;

/// Finds stretches of base64, base64url, base32 and hex that hold text, and decodes them.
///
/// Whether a stretch holds text is judged by its first bytes, so that pictures, hashes and tokens
/// cost next to nothing.
final class EncodedRuns {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final int SHORTEST = Outline.CODE;

    /// What base64 has besides letters and digits, in both of its alphabets.
    static final String SIGNS = "+/-_";

    private static final int JUDGED = 24;

    /// Shorter texts hold nothing that is looked for.
    private static final int LEAST_TEXT = 6;

    private static final Code BASE64 = code(6, UPPER + LOWER + DIGITS + "+/", "-_");
    private static final Code BASE32 = code(5, UPPER + "234567", "");
    private static final Code HEX = code(4, DIGITS + "abcdef", "");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Outline outline;
    private final Views views;
    private final Consumer<View> reader;
    private final byte[] probe = new byte[JUDGED];

    EncodedRuns(byte[] b, int from, int to, Outline outline, Views views, Consumer<View> reader) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.outline = outline;
        this.views = views;
        this.reader = reader;
    }

    /// An alphabet that stands for groups of bits.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Code(int bits, byte[] values) {}

    /// @param other other ways to write the last characters
    private static Code code(int bits, String alphabet, String other) {
        var values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
            if (bits == 4) {
                values[Character.toUpperCase(alphabet.charAt(i))] = (byte) i;
            }
        }
        for (int i = 0; i < other.length(); i++) {
            values[other.charAt(i)] = (byte) (alphabet.length() - other.length() + i);
        }
        return new Code(bits, values);
    }

    private static boolean in(byte c) {
        return BASE64.values[c & 0xFF] >= 0;
    }

    void find() {
        int i = outline.code(from);
        while (i < to) {
            int end = i + SHORTEST;
            while (end < to && in(b[end])) {
                end++;
            }
            i = outline.code(stretch(i, end));
        }
    }

    /// @return where the search goes on
    private int stretch(int start, int end) {
        int last = wrapped(end, end - start);
        if (hex(start, last)) {
            return last;
        }
        if (base64(start, last) || base32(start, last)) {
            return last;
        }
        // A path or a name may stand right before.
        for (int k = start; k < Math.min(end, start + 200); k++) {
            boolean cut = b[k] == '/' || b[k] == '_' || b[k] == '-' || b[k] == '+';
            if (cut && last - k > SHORTEST && base64(k + 1, last)) {
                return last;
            }
        }
        return end;
    }

    /// Lines of the same length, as mail and PEM wrap them, are one stretch.
    private int wrapped(int first, int length) {
        int end = first;
        while (end < to) {
            int next = end;
            if (b[next] == '\r') {
                next++;
            }
            if (next >= to || b[next] != '\n' || length < 16) {
                return end;
            }
            next++;
            int stop = next;
            while (stop < to && in(b[stop])) {
                stop++;
            }
            if (stop == next || stop - next > length) {
                return end;
            }
            end = stop;
            if (stop - next < length) {
                return end;
            }
        }
        return end;
    }

    private boolean hex(int from, int end) {
        boolean marked = b[from] == '0' && (b[from + 1] | 0x20) == 'x';
        int start = marked ? from + 2 : from;
        int usable = start;
        while (usable < end && (Bytes.isHex(b[usable]) || b[usable] <= ' ')) {
            usable++;
        }
        if (usable - start < SHORTEST || (usable < end && is(b[usable], WORD))) {
            return false;
        }
        return decode(start, usable, usable, HEX) || decode(start + 1, usable, usable, HEX);
    }

    private boolean base64(int start, int end) {
        if (end - start < SHORTEST) {
            return false;
        }
        int last = end;
        while (last < to && last - end < 2 && b[last] == '=') {
            last++;
        }
        return decode(start, end, last, BASE64);
    }

    private boolean base32(int start, int end) {
        for (int i = start; i < end; i++) {
            if (b[i] > ' ' && BASE32.values[b[i]] < 0) {
                return false;
            }
        }
        return end - start >= 16 && decode(start, end, end, BASE32);
    }

    /// Decodes a little, and all of it when that is text.
    private boolean decode(int start, int end, int last, Code code) {
        int size = decode(start, end, code, probe, true);
        if (size < LEAST_TEXT || !isText(probe, size)) {
            return false;
        }
        var view = views.take(View.Kind.ENCODED, (end - start) * code.bits / 8 + 1);
        view.begin(start);
        view.fill(decode(start, end, code, view.bytes(), false));
        view.end(last);
        reader.accept(view);
        return true;
    }

    /// @param judged whether to give up at a byte that no text has
    /// @return bytes written, 0 when given up
    private int decode(int start, int end, Code code, byte[] out, boolean judged) {
        long bits = 0;
        int count = 0;
        int size = 0;
        for (int i = start; i < end && size < out.length; i++) {
            int value = code.values[b[i] & 0xFF];
            if (value < 0) {
                continue;
            }
            bits = bits << code.bits | value;
            count += code.bits;
            if (count >= 8) {
                count -= 8;
                byte one = (byte) (bits >> count);
                if (judged && (isControl(one) || (size == 0 && (one & 0xC0) == 0x80))) {
                    return 0;
                }
                out[size++] = one;
            }
        }
        return size;
    }

    /// Whether the bytes are text in UTF-8, or in UTF-16 of plain characters.
    private static boolean isText(byte[] bytes, int size) {
        int zeros = 0;
        int i = 0;
        while (i < size) {
            int length = Utf8.lengthAt(bytes, i, size);
            boolean cutOff = i + Utf8.length(bytes[i]) > size;
            if (bytes[i] < 0 && length == 1 && !cutOff) {
                return false;
            }
            zeros += bytes[i] == 0 ? 1 : 0;
            if (isControl(bytes[i])) {
                return false;
            }
            i += length;
        }
        return zeros == 0 || (zeros * 2 >= size - 1 && zeros * 2 <= size + 1);
    }

    /// A zero may be half of a character.
    private static boolean isControl(byte c) {
        return c > 0 && c < ' ' && (c < '\t' || c > '\r');
    }
}
