package io.spillway.policy.detect;

/// What a byte can be in the patterns that are looked for. A byte beyond ASCII is part of a letter.
final class Bytes {
    static final int DIGIT = 1;
    static final int LOWER = 2;
    static final int UPPER = 4;
    static final int HEX_LETTER = 8;

    /// Punctuation of an e-mail address's local part.
    static final int LOCAL = 16;

    static final int BLANK = 32;
    static final int HIGH = 64;

    static final int LETTER = LOWER | UPPER;
    static final int WORD = DIGIT | LETTER;

    private static final byte[] CLASSES = classes();

    private Bytes() {}

    private static byte[] classes() {
        var classes = new byte[256];
        for (int i = 0; i < 256; i++) {
            int c = 0;
            c |= i >= '0' && i <= '9' ? DIGIT : 0;
            c |= i >= 'a' && i <= 'z' ? LOWER : 0;
            c |= i >= 'A' && i <= 'Z' ? UPPER : 0;
            c |= (i >= 'a' && i <= 'f') || (i >= 'A' && i <= 'F') ? HEX_LETTER : 0;
            c |= i < 128 && "!#$%&'*+-/=?^_`{|}~.".indexOf(i) >= 0 ? LOCAL : 0;
            c |= i == ' ' || (i >= '\t' && i <= '\r') ? BLANK : 0;
            c |= i >= 128 ? HIGH : 0;
            classes[i] = (byte) c;
        }
        return classes;
    }

    static boolean is(byte b, int mask) {
        return (CLASSES[b & 0xFF] & mask) != 0;
    }

    static boolean isHex(byte b) {
        return is(b, DIGIT | HEX_LETTER);
    }

    /// Whether the text stands there.
    static boolean isAt(byte[] b, int at, int to, byte[] text) {
        if (at < 0 || at + text.length > to) {
            return false;
        }
        for (int k = 0; k < text.length; k++) {
            if (b[at + k] != text[k]) {
                return false;
            }
        }
        return true;
    }
}
