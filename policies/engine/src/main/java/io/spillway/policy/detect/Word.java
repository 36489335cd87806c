package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/// A word in the text, folded to lower case without accents, so that `Müller` and `MULLER` are one.
/// Reused for every word that is looked at.
final class Word {
    /// No name is longer, in folded letters; what is longer is no name.
    static final int LONGEST = 40;

    private static final int FOLDED = 0x600;
    private static final int UPPER = 0x10000;

    /// By code point up to U+05FF: the folded letter, or 0 for none, with a bit for upper case.
    private static final int[] FOLD = fold(0, FOLDED);

    /// The same for the Latin letters from U+1E00, which Vietnamese needs.
    private static final int[] FOLD_EXTRA = fold(0x1E00, 0x100);

    private static final int[] ASCII = Arrays.copyOf(FOLD, 128);

    private static final long PRIME = 0x100000001B3L;
    private static final long STEP = 0x51ED27;

    private final byte[] b;
    private final int to;

    int start;
    int end;
    long hash;

    /// Hash of what stands before the first hyphen, or of the whole.
    long firstHash;

    boolean upper;
    boolean allUpper;

    /// Mixed capitals inside, as in programs.
    boolean camel;

    int length;
    final char[] folded = new char[LONGEST];

    /// One letter, decoded: folded and how many bytes.
    private int letter;

    private int width;

    Word(byte[] b, int to) {
        this.b = b;
        this.to = to;
    }

    private static int[] fold(int first, int count) {
        var fold = new int[count];
        for (int i = 0; i < count; i++) {
            int c = first + i;
            if (Character.isLetter(c)) {
                int lower = Character.toLowerCase(c);
                fold[i] = base(lower) | (Character.isUpperCase(c) ? UPPER : 0);
            }
        }
        return fold;
    }

    private static int base(int c) {
        int plain = "ßøđłıæœðþ".indexOf(c);
        if (plain >= 0) {
            return "sodliaodt".charAt(plain);
        }
        return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD).charAt(0);
    }

    static long mix(long h) {
        long m = (h ^ (h >>> 32)) * 0x9E3779B97F4A7C15L;
        return m ^ (m >>> 29) | 1L << 63;
    }

    /// The hash of a word as it is in the text.
    static long hashOf(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var word = new Word(utf8, utf8.length);
        if (!word.read(0) || word.end != utf8.length) {
            throw new IllegalArgumentException("'%s' is not one word".formatted(text));
        }
        return word.hash;
    }

    /// Whether a letter of the alphabets begins there; then it is decoded.
    private boolean letterAt(int i) {
        if (i >= to) {
            return false;
        }
        int c = b[i];
        if (c >= 0) {
            letter = ASCII[c];
            width = 1;
            return letter != 0;
        }
        int lead = c & 0xFF;
        if (lead >= 0xC3 && lead < 0xD8 && i + 1 < to) {
            int code = (lead & 0x1F) << 6 | (b[i + 1] & 0x3F);
            letter = FOLD[code];
            width = 2;
            return letter != 0 || (code >= 0x300 && code < 0x370);
        }
        if (lead == 0xE1 && i + 2 < to && (b[i + 1] & 0xFF) >= 0xB8 && (b[i + 1] & 0xFF) < 0xBC) {
            int code = (b[i + 1] & 0x3F) << 6 | (b[i + 2] & 0x3F);
            letter = FOLD_EXTRA[code - 0xE00];
            width = 3;
            return letter != 0;
        }
        return false;
    }

    boolean isLetter(int i) {
        return letterAt(i);
    }

    boolean isUpper(int i) {
        return letterAt(i) && (letter & UPPER) != 0;
    }

    /// Reads the word that begins there: letters, and apostrophes and hyphens between letters.
    ///
    /// @return whether there is one
    boolean read(int i) {
        if (!letterAt(i)) {
            return false;
        }
        start = i;
        upper = (letter & UPPER) != 0;
        allUpper = upper;
        camel = false;
        length = 0;
        long h = 0;
        firstHash = 0;
        boolean fresh = true;
        while (true) {
            int plain = i < to && b[i] >= 0 ? ASCII[b[i]] : 0;
            if (plain != 0 && length < LONGEST) {
                int small = plain & 0xFFFF;
                boolean capital = plain != small;
                camel |= capital && !fresh && !allUpper;
                allUpper &= capital;
                fresh = false;
                folded[length++] = (char) small;
                h = (h ^ small) * PRIME + STEP;
                i++;
            } else if (letterAt(i)) {
                boolean capital = (letter & UPPER) != 0;
                camel |= capital && !fresh && !allUpper;
                allUpper &= capital;
                fresh = false;
                h = step(h, letter & 0xFFFF);
                i += width;
            } else {
                int join = joinAt(i);
                if (join == 0) {
                    break;
                }
                if (firstHash == 0 && b[i] == '-') {
                    firstHash = mix(h);
                }
                h = step(h, b[i] == '-' ? '-' : '\'');
                i += join;
                fresh = true;
            }
        }
        end = i;
        hash = mix(h);
        firstHash = firstHash == 0 ? hash : firstHash;
        return true;
    }

    private long step(long h, int c) {
        if (c == 0) {
            return h;
        }
        if (length < LONGEST) {
            folded[length] = (char) c;
        }
        length++;
        return (h ^ c) * PRIME + STEP;
    }

    /// The width of a hyphen or apostrophe with a letter behind, 0 when there is none. The `'s` of
    /// a genitive is no part of the word.
    private int joinAt(int i) {
        if (i + 1 >= to) {
            return 0;
        }
        int width = b[i] == '-' || b[i] == '\'' ? 1 : isCurly(i) ? 3 : 0;
        if (width == 0 || !letterAt(i + width)) {
            return 0;
        }
        int after = i + width;
        boolean genitive = b[i] != '-' && (letter & 0xFFFF) == 's' && !(letterAt(after + 1));
        return genitive ? 0 : width;
    }

    private boolean isCurly(int i) {
        return (b[i] & 0xFF) == 0xE2
                && i + 3 < to
                && (b[i + 1] & 0xFF) == 0x80
                && (b[i + 2] & 0xFF) == 0x99;
    }

    /// Latin with a letter that English has not.
    boolean isAccented() {
        for (int i = start; i < end; i++) {
            int c = b[i] & 0xFF;
            if (c >= 0xC3) {
                return c < 0xCA;
            }
        }
        return false;
    }

    boolean endsWith(String ending) {
        int at = length - ending.length();
        if (at < 0 || length > LONGEST) {
            return false;
        }
        for (int k = 0; k < ending.length(); k++) {
            if (folded[at + k] != ending.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(String beginning) {
        if (length < beginning.length()) {
            return false;
        }
        for (int k = 0; k < beginning.length(); k++) {
            if (folded[k] != beginning.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    boolean is(String word) {
        return length == word.length() && startsWith(word);
    }
}
