package io.spillway.policy.detect;

/// Reads code points out of UTF-8. Bytes that are none count as one unknown character each.
final class Utf8 {
    static final int UNKNOWN = 0xFFFD;

    private Utf8() {}

    /// Whether a code point beyond ASCII begins with the byte.
    static boolean isLead(byte c) {
        return c < 0 && (c & 0x40) != 0;
    }

    /// Whether the byte goes on a code point.
    static boolean isContinuation(byte c) {
        return c < (byte) 0xC0;
    }

    /// Bytes of the code point that begins with `lead`, without a look at the rest.
    static int length(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        int l = lead & 0xFF;
        return l >= 0xF0 && l < 0xF8 ? 4 : l >= 0xE0 ? (l < 0xF0 ? 3 : 1) : l >= 0xC2 ? 2 : 1;
    }

    /// Bytes of the code point at `i`, 1 when it is none.
    static int lengthAt(byte[] b, int i, int to) {
        int length = length(b[i]);
        if (i + length > to) {
            return 1;
        }
        for (int k = 1; k < length; k++) {
            if ((b[i + k] & 0xC0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    /// The code point of `length` bytes at `i`.
    static int codePoint(byte[] b, int i, int length) {
        return switch (length) {
            case 1 -> b[i] >= 0 ? b[i] : UNKNOWN;
            case 2 -> (b[i] & 0x1F) << 6 | (b[i + 1] & 0x3F);
            case 3 -> (b[i] & 0x0F) << 12 | (b[i + 1] & 0x3F) << 6 | (b[i + 2] & 0x3F);
            default ->
                    (b[i] & 0x07) << 18
                            | (b[i + 1] & 0x3F) << 12
                            | (b[i + 2] & 0x3F) << 6
                            | (b[i + 3] & 0x3F);
        };
    }
}
