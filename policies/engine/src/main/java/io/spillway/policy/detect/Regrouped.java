package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.util.function.Consumer;

/// Puts together what [PulledApart] found, where it can be one value: as a whole, and not as a part
/// of a longer list or table.
final class Regrouped {
    static final int HEX = 1;
    static final int DECIMAL = 2;
    static final int BINARY = 4;

    private static final int LEAST_DIGITS = 7;

    /// Words of digits that make a chain one that somebody spelled out.
    private static final int LEAST_WORDS = 3;

    private static final int LEAST_GROUPED = 9;
    private static final int MOST_DIGITS = 22;
    private static final int LEAST_MIXED_GAPS = 13;
    private static final int CONTEXT_BEFORE = 64;
    private static final int CONTEXT_AFTER = 16;
    private static final int LONGEST_MIXED = 64;
    private static final int LONGEST_WORD_AROUND = 64;

    /// Groups that cards, identity and telephone numbers are written in, as digits of a number.
    private static final long[] PATTERNS = {
        4444, 465, 464, 44443, 4443, 684, 344, 334, 3334, 324, 88, 6442, 64442, 4446, 2344, 3344
    };

    private static final Words CONTEXT =
            new Words(
                    "card",
                    "credit",
                    "debit",
                    "visa",
                    "master",
                    "amex",
                    "phone",
                    "mobile",
                    "tel:",
                    "tel ",
                    "call",
                    "ssn",
                    "social sec",
                    "iban",
                    "account",
                    "identity",
                    "id num",
                    "national",
                    "卡",
                    "电话",
                    "手机",
                    "身份",
                    "账",
                    "号码");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Views views;
    private final Consumer<View> reader;

    Regrouped(byte[] b, int from, int to, Views views, Consumer<View> reader) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.views = views;
        this.reader = reader;
    }

    /// Looks at one chain of digits: at each stretch of single digits, and at each stretch with one
    /// kind of gap.
    void chain(Chain chain) {
        if (chain.hasSingles(LEAST_WORDS, LEAST_DIGITS)) {
            singles(chain);
        }
        int i = 0;
        while (i < chain.size - 1) {
            int last = i + 1;
            int digits = chain.length(i) + chain.length(last);
            while (last + 1 < chain.size && chain.sameGap(b, i, last)) {
                digits += chain.length(++last);
            }
            if (digits >= LEAST_GROUPED && digits <= MOST_DIGITS) {
                groups(chain, i, last + 1, digits);
            }
            i = last;
        }
        // Gaps of several kinds are an accident in a short number.
        if (isPattern(chain, 0, chain.size)
                && chain.digits(0, chain.size) >= LEAST_MIXED_GAPS
                && isWhole(chain, 0, chain.size)) {
            value(chain, 0, chain.size, true);
        }
    }

    /// Stretches of pieces of one digit each; words count as such.
    private void singles(Chain chain) {
        int i = 0;
        while (i < chain.size) {
            int end = i;
            int words = 0;
            while (end < chain.size && (chain.length(end) == 1 || chain.isSpelled(end))) {
                words += chain.isSpelled(end) ? 1 : 0;
                end++;
            }
            boolean spelled = words >= LEAST_WORDS;
            // Words and figures mixed: 一三八0013八000.
            if (spelled) {
                i = 0;
                end = chain.size;
            }
            int digits = chain.digits(i, end);
            if (digits >= LEAST_DIGITS && digits <= MOST_DIGITS && isWhole(chain, i, end)) {
                if (spelled ? !isCounting(chain, i, end) : isTelling(chain, i, end)) {
                    value(chain, i, end, true);
                    value(chain, i, end, false);
                }
            }
            i = Math.max(end, i + 1);
        }
    }

    /// Whether single digits are more than a list or a matrix of figures: by the signs between, by
    /// a word before, or since there are as many as cards and identity numbers have.
    private boolean isTelling(Chain chain, int i, int end) {
        boolean blank = false;
        boolean lines = false;
        boolean list = false;
        for (int k = i; k < end - 1; k++) {
            byte gap = b[chain.end[k]];
            blank |= gap == ' ';
            lines |= gap == '\n' || gap == '\r';
            list |= isList(chain, k);
        }
        if (hasContext(chain.start[i])) {
            return true;
        }
        boolean array = i == 0 && chain.start[0] > from && isOpen(b[chain.start[0] - 1]);
        if ((blank && lines) || (list && (lines || array))) {
            return false;
        }
        int digits = chain.digits(i, end);
        boolean letter = digits == 17 && checkLetter(chain.end[end - 1]) >= 0;
        boolean usual = digits == 16 || digits == 18 || letter || (!list && digits == 11);
        boolean plus = plus(chain.start[i]) < chain.start[i];
        return plus || usual || !(blank || lines || list);
    }

    /// `one two three four`
    private static boolean isCounting(Chain chain, int i, int end) {
        for (int k = i + 1; k < end; k++) {
            if (chain.digit[k] != (chain.digit[k - 1] + 1) % 10) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(byte c) {
        return c == '[' || c == '(' || c == '{' || c == '<';
    }

    /// Pieces `[i, end)` with the same gap between: only in ways that the detectors do not read by
    /// themselves.
    private void groups(Chain chain, int i, int end, int digits) {
        if (chain.length(i) == 1 || !isWhole(chain, i, end)) {
            return; // a row of a table
        }
        int gap = b[chain.end[i]];
        boolean usual = chain.start[i + 1] - chain.end[i] == 1 && (gap == ' ' || gap == '-');
        boolean pattern = isPattern(chain, i, end);
        if (pattern) {
            if (!usual && (!isList(chain, i) || digits >= 15 || hasContext(chain.start[i]))) {
                value(chain, i, end, true);
            }
        } else if (isRegular(chain, i, end)) {
            boolean tabular = usual || isList(chain, i) || gap == '.' || gap == ':';
            if (!tabular || hasContext(chain.start[i])) {
                value(chain, i, end, false);
            }
        } else if (!usual && chain.start[i] > from && b[chain.start[i] - 1] == '+') {
            value(chain, i, end, true);
        }
    }

    /// Whether the number ends where the stretch ends, and is not the middle of a table.
    private boolean isWhole(Chain chain, int i, int end) {
        boolean left = i > 0 || !chain.openLeft;
        boolean right = end < chain.size || !chain.openRight;
        if (!left || !right) {
            return false;
        }
        boolean before = i > 0 && end - i > 1 && chain.sameGap(b, i - 1, i);
        boolean after = end < chain.size && end - i > 1 && chain.sameGap(b, end - 1, i);
        boolean single = chain.length(i) == 1;
        return single || (!before && !after);
    }

    /// Whether the gap behind the piece is one that lists and tables have.
    private boolean isList(Chain chain, int i) {
        if (i + 1 >= chain.size) {
            return false;
        }
        for (int k = chain.end[i]; k < chain.start[i + 1]; k++) {
            if (b[k] == ',' || b[k] == ';' || b[k] == '\t' || b[k] == '|') {
                return true;
            }
        }
        return false;
    }

    private static boolean isPattern(Chain chain, int i, int end) {
        if (end - i < 2 || end - i > 5) {
            return false;
        }
        long shape = 0;
        for (int k = i; k < end; k++) {
            shape = shape * 10 + Math.min(9, chain.length(k));
        }
        for (long pattern : PATTERNS) {
            if (pattern == shape) {
                return true;
            }
        }
        return false;
    }

    /// Groups of the same length, of which the last may be shorter.
    private static boolean isRegular(Chain chain, int i, int end) {
        int length = chain.length(i);
        for (int k = i + 1; k < end - 1; k++) {
            if (chain.length(k) != length) {
                return false;
            }
        }
        return chain.length(end - 1) <= length && end - i >= 3;
    }

    private boolean hasContext(int at) {
        return CONTEXT.within(b, Math.max(from, at - CONTEXT_BEFORE), at);
    }

    /// Hands on the pieces as one number, in its groups or without any, with the words around.
    private void value(Chain chain, int i, int end, boolean grouped) {
        if (grouped && !hasBreak(chain, i, end)) {
            return; // the same is handed on without groups
        }
        int start = plus(chain.start[i]);
        boolean plus = start < chain.start[i];
        var view = views.take(View.Kind.DECODED, CONTEXT_BEFORE + CONTEXT_AFTER + 64);
        view.copy(b, Math.max(from, start - CONTEXT_BEFORE), start);
        if (start > from && !plus) {
            view.put(' ', start - 1);
        }
        int valueStart = view.size();
        if (plus) {
            view.put('+', start);
        }
        for (int k = i; k < end; k++) {
            if (k > i && grouped && isBreak(chain, i, k - 1)) {
                view.put('-', chain.end[k - 1]);
            }
            digits(chain, k, view);
        }
        int valueEnd = view.size();
        int last = chain.end[end - 1];
        if (chain.digits(i, end) == 17 && checkLetter(last) >= 0) {
            last = checkLetter(last);
            view.put('X', last++);
            valueEnd++;
        }
        if (last < to && is(b[last], WORD)) {
            view.put(' ', last);
        }
        view.copy(b, last, Math.min(to, last + CONTEXT_AFTER));
        view.end(Math.min(to, last + CONTEXT_AFTER));
        view.value(valueStart, valueEnd);
        reader.accept(view);
    }

    /// Where a plus stands before the number, with or without a blank between, else where it
    /// begins.
    private int plus(int start) {
        int i = start;
        while (i > from && start - i < 3 && is(b[i - 1], BLANK)) {
            i--;
        }
        return i > from && b[i - 1] == '+' ? i - 1 : start;
    }

    /// Where an X stands that ends an identity number, -1 when there is none.
    private int checkLetter(int end) {
        int i = end;
        while (i < to && i - end < 6 && !is(b[i], WORD)) {
            i++;
        }
        boolean letter = i < to && (b[i] | 0x20) == 'x' && (i + 1 >= to || !is(b[i + 1], WORD));
        return letter ? i : -1;
    }

    private boolean hasBreak(Chain chain, int i, int end) {
        for (int gap = i; gap < end - 1; gap++) {
            if (isBreak(chain, i, gap)) {
                return true;
            }
        }
        return false;
    }

    /// Between groups, every gap is a break; between single digits, one that is unlike the first.
    private boolean isBreak(Chain chain, int first, int gap) {
        return chain.length(first) > 1 || !chain.sameGap(b, first, gap);
    }

    private void digits(Chain chain, int k, View view) {
        if (chain.isSpelled(k)) {
            for (int n = 0; n < chain.times[k]; n++) {
                view.put('0' + chain.digit[k], chain.start[k]);
            }
        } else {
            view.copy(b, chain.start[k], chain.end[k]);
        }
    }

    /// Characters one by one, from `start` to `end`: the gaps between them are taken out.
    void letters(int start, int end) {
        int first = start;
        while (first > from && start - first < LONGEST_WORD_AROUND && !is(b[first - 1], BLANK)) {
            first--;
        }
        int last = end;
        // `j o h n @example.com` goes on in one piece.
        while (last < to && last - end < LONGEST_WORD_AROUND && !is(b[last], BLANK)) {
            last++;
        }
        if (last < to && last - end > 0 && b[last - 1] == '@') {
            last = wordEnd(last);
        }
        byte gap = b[start + 1];
        var view = views.take(View.Kind.DECODED, last - first);
        for (int i = first; i < last; i++) {
            boolean blank = is(b[i], BLANK);
            boolean wide = blank && i + 1 < last && is(b[i + 1], BLANK) && !is(gap, BLANK);
            boolean separator = b[i] == gap && i + 1 < last && i > first;
            if (!(blank && !wide) && !separator) {
                view.put(b[i], i);
            }
        }
        view.end(last);
        reader.accept(view);
    }

    private int wordEnd(int at) {
        int i = at;
        while (i < to && i - at < 4 && is(b[i], BLANK)) {
            i++;
        }
        while (i < to && i - at < LONGEST_WORD_AROUND && !is(b[i], BLANK)) {
            i++;
        }
        return i;
    }

    /// Bytes written as numbers, in whichever way gives text.
    void codes(int start, int end, int kinds) {
        for (int kind = HEX; kind <= BINARY; kind <<= 1) {
            if ((kinds & kind) != 0) {
                codesOf(start, end, kind);
            }
        }
    }

    private void codesOf(int start, int end, int kind) {
        var view = views.take(View.Kind.ENCODED, (end - start) / 2);
        int i = start;
        while (i < end) {
            int stop = i;
            while (stop < end && is(b[stop], WORD)) {
                stop++;
            }
            if (stop > i) {
                int value = number(i, stop, kind);
                if (value < ' ' && value != '\n' && value != '\t' && value != '\r') {
                    return; // no text
                }
                view.put(value, i);
            }
            i = stop + 1;
        }
        view.end(end);
        reader.accept(view);
    }

    private int number(int start, int end, int kind) {
        int radix = kind == HEX ? 16 : kind == DECIMAL ? 10 : 2;
        int value = 0;
        for (int i = radix == 16 ? end - 2 : start; i < end; i++) {
            value = value * radix + Escapes.digit(b[i], radix == 2 ? 10 : radix);
        }
        return value;
    }

    /// Digits and letters in one word: every second character a letter, or the same letter between
    /// groups.
    void mixed(int start, int stop) {
        if (stop - start > LONGEST_MIXED) {
            return;
        }
        boolean check = (b[stop - 1] | 0x20) == 'x';
        int end = check ? stop - 1 : stop;
        boolean alternating = true;
        byte letter = 0;
        boolean same = true;
        int digits = 0;
        for (int i = start; i < end; i++) {
            boolean digit = is(b[i], DIGIT);
            digits += digit ? 1 : 0;
            alternating &= digit == ((i - start & 1) == 0);
            if (!digit) {
                same &= letter == 0 || letter == b[i];
                letter = b[i];
            }
            if (!alternating && !same) {
                return;
            }
        }
        if (digits < 11 || digits > MOST_DIGITS || !(alternating || same) || !is(letter, LETTER)) {
            return;
        }
        var view = views.take(View.Kind.DECODED, digits);
        for (int i = start; i < end; i++) {
            if (is(b[i], DIGIT)) {
                view.put(b[i], i);
            }
        }
        if (check && digits == 17) {
            view.put('X', end);
        }
        view.end(stop);
        view.value(0, view.size());
        reader.accept(view);
    }
}
