package io.spillway.policy.detect;

/// Which passes have something to look at where a word begins or a sign stands, by one look into a
/// table. It lets too many through, never too few: the passes look closer.
final class Doors {
    /// A token, a word for a secret, or a sign beside one; an anchor of [Scanner].
    static final int SECRET = 1;

    /// A word that announces a name.
    static final int NAME = 1 << 1;

    /// A digit as a word.
    static final int NUMBER = 1 << 2;

    /// A sign of an e-mail address, or a word for one.
    static final int ADDRESS = 1 << 3;

    /// A character that is no plain one: beyond ASCII, or a control.
    static final int UNUSUAL = 1 << 4;

    /// What escapes begin with.
    static final int ESCAPE = 1 << 5;

    /// A sign of base64.
    static final int CODE = 1 << 6;

    /// What begins an escape of two hex digits, as in a URL.
    static final int PERCENT = 1 << 7;

    private static final int ALL = SECRET | NAME | NUMBER | ADDRESS;
    private static final int BITS = 5;
    private static final int VALUES = 1 << BITS;

    /// A bank's code has a capital letter there.
    private static final int BANK_CODE = 7;

    /// By the lower five bits of three bytes, for which upper and lower case are the same.
    private static final byte[] WORDS = words();

    private static final byte[] SIGNS = signs();

    private Doors() {}

    private static byte[] words() {
        var words = new byte[VALUES * VALUES * VALUES];
        Tokens.prefixes().forEach(it -> open(words, it, SECRET));
        Spoken.nouns().forEach(it -> open(words, it, SECRET));
        NumberWords.all().forEach(it -> open(words, it, NUMBER));
        Anchors.all().forEach(it -> open(words, it, NAME));
        Addresses.dots().forEach(it -> open(words, it, ADDRESS));
        return words;
    }

    /// @param text what follows one that is shorter than three bytes may be anything
    private static void open(byte[] words, byte[] text, int door) {
        for (int second = 0; second < VALUES; second++) {
            for (int third = 0; third < VALUES; third++) {
                if (is(text, 1, second) && is(text, 2, third)) {
                    words[index(text[0], second, third)] |= (byte) door;
                }
            }
        }
    }

    private static boolean is(byte[] text, int at, int value) {
        return at >= text.length || (text[at] & (VALUES - 1)) == value;
    }

    private static int index(int first, int second, int third) {
        int last = VALUES - 1;
        return (first & last) << 2 * BITS | (second & last) << BITS | (third & last);
    }

    private static byte[] signs() {
        var signs = new byte[128];
        for (int c = 0; c < 128; c++) {
            boolean control = c == 0x7F || (c < ' ' && (c < '\t' || c > '\r'));
            signs[c] = (byte) (control ? UNUSUAL : 0);
        }
        for (char c : Scanner.SIGNS.toCharArray()) {
            signs[c] |= SECRET;
        }
        for (char c : Addresses.SIGNS.toCharArray()) {
            signs[c] |= ADDRESS;
        }
        for (char c : EncodedRuns.SIGNS.toCharArray()) {
            signs[c] |= CODE;
        }
        for (char c : Escapes.SIGNS.toCharArray()) {
            signs[c] |= ESCAPE;
        }
        signs['%'] |= (byte) PERCENT;
        return signs;
    }

    /// Whom the word concerns that begins with the ASCII letter at `i`.
    static int ofWord(byte[] b, int i, int to) {
        if (i + BANK_CODE >= to) {
            return ALL;
        }
        int doors = WORDS[index(b[i], b[i + 1], b[i + 2])];
        return Bytes.is(b[i + BANK_CODE], Bytes.UPPER) ? doors | SECRET : doors;
    }

    /// Whom the sign concerns, and what it is; of ASCII.
    static int ofSign(byte sign) {
        return SIGNS[sign];
    }
}
