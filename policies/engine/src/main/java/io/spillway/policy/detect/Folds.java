package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import org.jspecify.annotations.Nullable;

/// Makes the reading of a text in plain characters: what looks like `4` is `4`, what is not seen is
/// not there.
///
/// Look-alikes are folded only in a word that also has plain letters, so Russian and Greek stay
/// what they are; accents only in a word with a digit or an `@`.
final class Folds {
    private static final int PLAIN = 1;
    private static final int NUMERIC = 2;
    private static final int ALIKE = 4;
    private static final int ACCENTED = 8;

    /// Words longer than this are judged by pieces.
    private static final int LONGEST_WORD = 256;

    private final byte[] b;
    private final int from;
    private final int to;

    /// Where the word ends that was read last, and what is in it.
    private int end;

    private int flags;

    /// What each character of the word folds to, and where it ends.
    private final int[] values = new int[LONGEST_WORD];

    private final int[] ends = new int[LONGEST_WORD];

    private Folds(byte[] b, int from, int to) {
        this.b = b;
        this.from = from;
        this.to = to;
    }

    /// Whether folding changes anything that could matter.
    static boolean matters(byte[] b, int from, int to) {
        int word = 0;
        int i = from;
        while (i < to) {
            if (b[i] >= 0) {
                if (isUnseen(b[i])) {
                    return true;
                }
                word = inWord(b[i]) ? word | flagOf(b[i]) : 0;
                i++;
                if (folds(word)) {
                    return true;
                }
                continue;
            }
            int length = Utf8.lengthAt(b, i, to);
            int value = Folding.of(Utf8.codePoint(b, i, length));
            if (value == Folding.KEEP) {
                word = 0;
            } else if (matters(b, from, i, i + length, to, value)) {
                return true;
            } else {
                word |= flag(value);
                if (folds(word)) {
                    return true;
                }
            }
            i += length;
        }
        return false;
    }

    private static boolean matters(byte[] b, int from, int i, int next, int to, int value) {
        if ((value & (Folding.LOOK_ALIKE | Folding.ACCENT)) != 0) {
            return false;
        }
        boolean plain =
                (i > from && is(b[i - 1], WORD | Bytes.LOCAL))
                        || (next < to && is(b[next], WORD | Bytes.LOCAL));
        if (value == Folding.DROP) {
            return plain || (i > from && next < to && b[i - 1] == '@' | b[next] == '@');
        }
        if ((value & Folding.QUIET) == 0) {
            return true;
        }
        boolean between = i > from && next < to && is(b[i - 1], WORD) && is(b[next], WORD);
        return between && Folding.characters(value) == '.';
    }

    /// The reading, null when it is the text itself.
    static @Nullable View view(byte[] b, int from, int to, Views views) {
        if (!matters(b, from, to)) {
            return null;
        }
        return new Folds(b, from, to).read(views.take(View.Kind.FOLDED, to - from));
    }

    private View read(View view) {
        int i = from;
        while (i < to) {
            readWord(i);
            fold(i, view);
            i = end;
        }
        view.end(to);
        return view;
    }

    private void fold(int start, View view) {
        int copied = start;
        int i = start;
        for (int k = 0; i < end; k++) {
            int value = values[k];
            if (value != Folding.KEEP && applies(value, flags)) {
                view.copy(b, copied, i);
                if (value != Folding.DROP) {
                    for (int c = Folding.characters(value); c != 0; c >>>= 7) {
                        view.put(c & 0x7F, i);
                    }
                }
                copied = ends[k];
            }
            i = ends[k];
        }
        view.copy(b, copied, end);
    }

    private static boolean applies(int value, int flags) {
        if ((value & Folding.LOOK_ALIKE) != 0) {
            return (flags & (PLAIN | NUMERIC)) != 0;
        }
        return (value & Folding.ACCENT) == 0 || (flags & NUMERIC) != 0;
    }

    private static boolean folds(int word) {
        return ((word & ALIKE) != 0 && (word & (PLAIN | NUMERIC)) != 0)
                || ((word & ACCENTED) != 0 && (word & NUMERIC) != 0);
    }

    private void readWord(int start) {
        int i = start;
        int limit = Math.min(to, start + LONGEST_WORD);
        flags = 0;
        boolean in = true;
        for (int k = 0; in && i < limit; k++) {
            int value = Folding.KEEP;
            if (b[i] >= 0) {
                value = isUnseen(b[i]) ? Folding.DROP : Folding.KEEP;
                in = inWord(b[i]) || value == Folding.DROP;
                flags |= flagOf(b[i]);
                i++;
            } else {
                int length = Utf8.lengthAt(b, i, to);
                value = length > 1 ? Folding.of(Utf8.codePoint(b, i, length)) : Folding.KEEP;
                in = value != Folding.KEEP;
                flags |= flag(value);
                i += length;
            }
            values[k] = value;
            ends[k] = i;
        }
        end = i;
    }

    private static int flag(int value) {
        if ((value & Folding.LOOK_ALIKE) != 0) {
            return ALIKE;
        }
        if ((value & Folding.ACCENT) != 0) {
            return ACCENTED;
        }
        int c = Folding.characters(value) & 0x7F;
        return value == Folding.DROP || (value & Folding.QUIET) != 0 ? 0 : flagOf((byte) c);
    }

    private static int flagOf(byte c) {
        return is(c, DIGIT) || c == '@' ? NUMERIC : is(c, Bytes.LETTER) ? PLAIN : 0;
    }

    private static boolean inWord(byte c) {
        return is(c, WORD) || c == '@' || c == '.' || c == '_' || c == '-' || c == '+';
    }

    /// Control characters, which nobody sees.
    private static boolean isUnseen(byte c) {
        return (c >= 0 && c < ' ' && (c < '\t' || c > '\r')) || c == 0x7F;
    }

    /// What tag characters, or variation selectors used as bytes, spell out unseen; null when
    /// nothing.
    static @Nullable View hidden(byte[] b, int from, int to, Views views) {
        if (!hasTags(b, from, to)) {
            return null;
        }
        View view = null;
        for (int i = from; i < to; ) {
            int length = Utf8.lengthAt(b, i, to);
            int spelled = length < 3 ? -1 : spelled(Utf8.codePoint(b, i, length));
            if (spelled >= 0) {
                view = view == null ? views.take(View.Kind.DECODED, 64) : view;
                view.put(spelled, i);
            }
            i += length;
        }
        if (view == null || view.size() < 4) {
            return null;
        }
        view.end(to);
        return view;
    }

    /// Whether the byte is there that all such characters begin with.
    private static boolean hasTags(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != (byte) 0xF3) {
            i++;
        }
        return i < to;
    }

    private static int spelled(int codePoint) {
        if (codePoint >= 0xE0020 && codePoint <= 0xE007E) {
            return codePoint - 0xE0000;
        }
        return codePoint >= 0xE0100 && codePoint <= 0xE01EF ? codePoint - 0xE0100 + 16 : -1;
    }
}
