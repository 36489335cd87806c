package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.util.List;
import java.util.function.Consumer;

/// Finds e-mail addresses that are written so that programs pass them over: `john at example dot
/// com`, `john [at] example [dot] com`, `john @ example . com`.
final class Addresses {
    private static final int REACH_BACK = 96;
    private static final int REACH_AHEAD = 48;

    /// Capital letters begin no longer top-level domain that people write.
    private static final int LONGEST_END = 4;

    private static final Words AT =
            new Words("at", "arroba", "arobase", "chiocciola", "apestaart", "艾特");
    private static final Words DOT = new Words("dot", "punto", "punkt", "point", "ponto", "点");

    /// Names that an address can end in when plain words stand for its signs; those that are words
    /// themselves (`in`, `at`, `it`) are not among them.
    private static final Words ENDS =
            new Words(
                    "com", "org", "net", "edu", "gov", "mil", "info", "biz", "io", "ai", "app",
                    "dev", "co", "uk", "de", "fr", "nl", "ch", "pl", "se", "dk", "fi", "pt", "ru",
                    "cn", "jp", "kr", "br", "mx", "au", "ca", "eu", "hk", "tw", "sg", "nz", "za",
                    "ie", "cz");

    private static final int WORD_FOR_DOT = 1;
    private static final int SIGN = 2;
    private static final int BRACKET = 3;
    private static final byte[] ANCHORS = anchors();

    /// The signs that are looked at, and those that stand around a word for one.
    static final String SIGNS = "@([{<";

    private final byte[] b;
    private final int from;
    private final int to;
    private final Outline outline;
    private final Views views;
    private final Consumer<View> reader;
    private int done;

    Addresses(byte[] b, int from, int to, Outline outline, Views views, Consumer<View> reader) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.outline = outline;
        this.views = views;
        this.reader = reader;
        this.done = from;
    }

    private static byte[] anchors() {
        var anchors = new byte[256];
        for (char c : new char[] {'d', 'D', 'p', 'P', 0xE7}) {
            anchors[c] = WORD_FOR_DOT;
        }
        for (char c : SIGNS.toCharArray()) {
            anchors[c] = (byte) (c == '@' ? SIGN : BRACKET);
        }
        return anchors;
    }

    /// The words for a dot, in UTF-8.
    static List<byte[]> dots() {
        return DOT.all();
    }

    /// Looks at every place where a sign, or a word for one, may stand in for `.` or `@`.
    void find() {
        int i = outline.address(from + 1);
        while (i < to - 1) {
            int anchor = ANCHORS[b[i] & 0xFF];
            if (anchor != 0) {
                look(anchor, i);
            }
            i = Utf8.isLead(b[i + 1]) ? i + 1 : outline.address(i + 1);
        }
    }

    private void look(int anchor, int i) {
        if (anchor == WORD_FOR_DOT) {
            if (!is(b[i - 1], WORD)) {
                dot(i);
            }
        } else if (anchor == SIGN) {
            sign(i);
        } else {
            bracket(i);
        }
    }

    private void dot(int i) {
        if (i < done || !DOT.isAt(b, i, to)) {
            return;
        }
        int end = i;
        while (end < to && (is(b[end], LETTER) || b[end] < 0)) {
            end++;
        }
        boolean bracketed = isOpen(b[i - 1]);
        int tail = end;
        while (tail < to && tail - end < 4 && !is(b[tail], WORD)) {
            tail++;
        }
        int stop = tail;
        while (stop < to && is(b[stop], LETTER)) {
            stop++;
        }
        boolean ends = stop - tail >= 2 && (bracketed || ENDS.is(b, tail, stop));
        if (ends && tail > end) {
            region(i, stop);
        }
    }

    private void sign(int i) {
        boolean apart = is(b[i - 1], BLANK) || is(b[i + 1], BLANK) || isOpen(b[i - 1]);
        if (apart && i >= done && !isAnnotation(i)) {
            region(i, i + 1);
        }
    }

    /// `@org.example.Nullable`, as programs write it: a path in small letters to a longer name that
    /// begins with a capital one.
    private boolean isAnnotation(int at) {
        int name = at + 1;
        int i = at + 1;
        while (i < to && i - at < REACH_AHEAD && (is(b[i], WORD) || b[i] == '.')) {
            if (b[i] == '.') {
                name = i + 1;
            } else if (name == at + 1 && is(b[i], UPPER)) {
                return false;
            }
            i++;
        }
        return name > at + 1
                && i - name > LONGEST_END
                && is(b[name], UPPER)
                && is(b[name + 1], LOWER);
    }

    /// `(at)`
    private void bracket(int i) {
        int word = is(b[i + 1], BLANK) ? i + 2 : i + 1;
        if (i >= done && AT.isAt(b, word, to)) {
            int end = word;
            while (end < to && (is(b[end], LETTER) || b[end] < 0)) {
                end++;
            }
            if (end < to && AT.is(b, word, end) && (isClose(b[end]) || is(b[end], BLANK))) {
                region(i, end);
            }
        }
    }

    /// Reads the words around an anchor as an address.
    private void region(int anchor, int end) {
        int first = Math.max(Math.max(from, done), anchor - REACH_BACK);
        int last = Math.min(to, end + REACH_AHEAD);
        var view = views.take(View.Kind.DECODED, last - first);
        int i = first;
        boolean at = false;
        while (i < last) {
            int next = substitute(i, last, view, first);
            at |= next > i && view.size() > 0 && view.bytes()[view.size() - 1] == '@';
            if (next == i) {
                view.put(b[i], i);
                next = i + 1;
            }
            i = next;
        }
        if (at) {
            view.end(last);
            view.only(FindingType.EMAIL);
            reader.accept(view);
            done = end;
        }
    }

    /// Writes the sign for a word, or takes the blanks around a sign.
    ///
    /// @return where the text goes on, `i` when nothing stands there
    private int substitute(int i, int last, View view, int first) {
        int k = i;
        boolean angle = false;
        while (k < last && k - i < 4 && (is(b[k], BLANK) || isOpen(b[k]))) {
            angle |= b[k] == '<';
            k++;
        }
        if (i == first || k >= last) {
            return i;
        }
        boolean before = k > i;
        int sign = 0;
        int end = k;
        if (b[k] == '@' || b[k] == '.') {
            sign = b[k];
            end = k + 1;
        } else if (before) {
            sign = AT.isAt(b, k, last) ? '@' : DOT.isAt(b, k, last) ? '.' : 0;
            while (sign != 0 && end < last && (is(b[end], LETTER) || b[end] < 0)) {
                end++;
            }
            if (sign == '@' ? !AT.is(b, k, end) : !DOT.is(b, k, end)) {
                return i;
            }
        }
        int stop = end;
        while (stop < last && stop - end < 4 && (is(b[stop], BLANK) || isClose(b[stop]))) {
            if (b[stop] == '>' && !angle) {
                return i; // `if (at > end.length)`
            }
            stop++;
        }
        boolean after = stop > end;
        // A full stop with a blank only behind it ends a sentence.
        boolean joins = sign == '@' ? before || after : before && after;
        if (sign == 0 || !joins || stop >= last || !is(b[stop], LETTER | DIGIT)) {
            return i;
        }
        view.put(sign, k);
        return stop;
    }

    private static boolean isOpen(byte c) {
        return c == '[' || c == '(' || c == '{' || c == '<' || c == '_';
    }

    private static boolean isClose(byte c) {
        return c == ']' || c == ')' || c == '}' || c == '>' || c == '_';
    }
}
