package io.spillway.policy.detect;

/// Characters around a place in UTF-8.
final class Utf8Edges {
    private Utf8Edges() {}

    /// The place some characters before `at`, at most at `from`.
    static int back(byte[] b, int at, int from, int characters) {
        int i = at;
        for (int left = characters; left > 0 && i > from; left--) {
            i--;
            while (i > from && (b[i] & 0xC0) == 0x80) {
                i--;
            }
        }
        return i;
    }

    /// The place some characters behind `at`, at most at `to`.
    static int ahead(byte[] b, int at, int to, int characters) {
        int i = at;
        for (int left = characters; left > 0 && i < to; left--) {
            i++;
            while (i < to && (b[i] & 0xC0) == 0x80) {
                i++;
            }
        }
        return i;
    }

    /// Whether neither end cuts through a word. Scripts that write without spaces have no such
    /// ends, so next to an ideograph or a kana everything is whole.
    static boolean isWhole(byte[] b, int start, int end, int from, int to) {
        boolean left =
                start == from
                        || !isJoined(codePoint(b, back(b, start, from, 1), to))
                        || !isJoined(codePoint(b, start, to));
        return left
                && (end == to
                        || !isJoined(codePoint(b, end, to))
                        || !isJoined(codePoint(b, back(b, end, from, 1), to)));
    }

    private static boolean isJoined(int c) {
        if (c < 128) {
            return Character.isLetterOrDigit(c) || c == '_';
        }
        if (!Character.isLetterOrDigit(c)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
            default -> true;
        };
    }

    private static int codePoint(byte[] b, int at, int to) {
        int first = b[at] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 1 || at + length > to) {
            return first;
        }
        int c = first & (0xFF >> length + 1);
        for (int i = 1; i < length; i++) {
            c = c << 6 | b[at + i] & 0x3F;
        }
        return c;
    }
}
