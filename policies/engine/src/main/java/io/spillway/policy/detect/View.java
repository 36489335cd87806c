package io.spillway.policy.detect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Another reading of a text, or of a part of it: bytes to be scanned and where they came from.
final class View {
    private static final int LEAST = 64;

    /// What a reading does to the characters.
    enum Kind {
        /// Puts one plain character in the place of each unusual one.
        FOLDED,
        /// Decodes, joins or leaves out; a finding's characters do not stand in the text.
        DECODED,
        /// Decodes one stretch as a whole, which is where every finding in it stands.
        ENCODED
    }

    private final Origins origins = new Origins();
    private Kind kind = Kind.DECODED;
    private byte[] bytes = {};
    private int size;
    private int valueStart;
    private int valueEnd;
    private @Nullable String type;

    /// Empties the view and makes room.
    void begin(Kind wanted, int capacity) {
        kind = wanted;
        size = 0;
        origins.clear();
        valueStart = 0;
        valueEnd = 0;
        type = null;
        if (bytes.length < capacity) {
            bytes = new byte[Math.max(LEAST, capacity)];
        }
    }

    Kind kind() {
        return kind;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Says that only findings count that cover these bytes; the others are what stands around.
    void value(int start, int end) {
        valueStart = start;
        valueEnd = end;
    }

    /// Says that only findings of one type count.
    void only(FindingType wanted) {
        type = wanted.wire();
    }

    /// Whether a finding counts.
    boolean counts(Hits.Hit hit) {
        boolean covers = valueEnd == 0 || (hit.start() <= valueStart && hit.end() >= valueEnd);
        return covers && (type == null || type.equals(hit.type()));
    }

    /// Where the byte came from; for the size of the view, where its text ends.
    int origin(int at) {
        return origins.of(at);
    }

    /// Adds one byte that came from `source`.
    void put(int b, int source) {
        origins.put(size, source);
        append(b);
    }

    /// Adds a code point as UTF-8, all of it from `source`.
    void putCodePoint(int codePoint, int source) {
        if (codePoint < 0x80) {
            put(codePoint, source);
        } else if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6, source);
            put(0x80 | (codePoint & 0x3F), source);
        } else if (codePoint < 0x10000) {
            put(0xE0 | codePoint >> 12, source);
            put(0x80 | (codePoint >> 6 & 0x3F), source);
            put(0x80 | (codePoint & 0x3F), source);
        } else {
            put(0xF0 | codePoint >> 18, source);
            put(0x80 | (codePoint >> 12 & 0x3F), source);
            put(0x80 | (codePoint >> 6 & 0x3F), source);
            put(0x80 | (codePoint & 0x3F), source);
        }
    }

    /// Adds a stretch of the text as it is.
    void copy(byte[] from, int start, int end) {
        if (end <= start) {
            return;
        }
        origins.copy(size, start);
        reserve(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
    }

    /// Says where the text begins that the view is made of, when its bytes come by [#fill].
    void begin(int source) {
        origins.copy(0, source);
    }

    /// Takes the first bytes as written into [#bytes].
    void fill(int count) {
        size = count;
    }

    /// Says where the text ends that the view was made of. Called last.
    void end(int source) {
        origins.put(size, source);
        reserve(1);
        bytes[size] = 0; // nothing of an earlier text follows
    }

    private void append(int b) {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
