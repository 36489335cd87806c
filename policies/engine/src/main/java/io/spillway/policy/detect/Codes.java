package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Codes of letters and digits, tried at each group of them that has both or stands beside another.
final class Codes {
    private static final double SAID = 0.9;
    private static final double SAID_UNCHECKED = 0.65;
    private static final double BY_FORM = 0.8;
    private static final double WHOLE_TEXT = 0.55;
    private static final double UNCERTAIN = 0.3;
    private static final int NEAR = 24;

    private byte[] b = {};
    private int from;
    private int to;
    private final Context context;
    private final NumberChain chain;
    private final char[] text = new char[CodeForms.LONGEST];
    private int length;
    private boolean lower;

    Codes(NumberChain chain, Context context) {
        this.chain = chain;
        this.context = context;
    }

    /// Turns to another text.
    void begin(byte[] text, int first, int last) {
        b = text;
        from = first;
        to = last;
    }

    /// Where the letters begin that lead to `i` without a gap.
    int wordStart(int i) {
        int start = i;
        while (start > from && i - start <= CodeForms.LONGEST && is(b[start - 1], LETTER)) {
            start--;
        }
        return start;
    }

    /// @param i the first digit of a run
    /// @param start where its word begins
    /// @param next what follows the run
    /// @return the end of a code, -1 when there is none
    int find(int i, int start, byte next, Hits hits) {
        int end = -1;
        if (start < i || is(next, LETTER) || goesOn(next)) {
            end = find(start, hits);
        }
        if (end < 0 && start == i && i - 2 >= from && isGap(b[i - 1]) && is(b[i - 2], UPPER)) {
            int one = groupStart(i);
            int two = one < i && one - 2 >= from && isGap(b[one - 1]) ? groupStart(one) : one;
            end = two < one ? find(two, hits) : -1;
            end = end < 0 && one < i ? find(one, hits) : end;
        }
        return end;
    }

    /// Whether a code may begin with the digits of the chain although no letter touches them.
    ///
    /// @param next what follows them
    boolean goesOn(byte next) {
        return next == '+' || leadsToLetter();
    }

    /// Whether a capital letter follows the groups of digits.
    private boolean leadsToLetter() {
        int end = chain.end(chain.runs - 1);
        if (end + 1 >= to) {
            return end < to && is(b[end], LETTER);
        }
        return is(b[end], LETTER)
                || (isGap(b[end]) && (is(b[end + 1], UPPER) || b[end + 1] == 'k'));
    }

    private static boolean isGap(byte c) {
        return c == ' ' || c == '-' || c == '.';
    }

    /// Where a group of up to five capital letters and digits begins before the gap at `i`, or `i`.
    private int groupStart(int i) {
        int start = i - 1;
        while (start > from && i - start <= 6 && is(b[start - 1], UPPER | DIGIT)) {
            start--;
        }
        boolean group = i - start <= 6 && start < i - 1 && is(b[start], UPPER);
        return group && (start == from || !is(b[start - 1], WORD)) ? start : i;
    }

    /// @param start of the first group
    /// @return the end of a code, -1 when there is none
    private int find(int start, Hits hits) {
        int end = start;
        int digits = 0;
        while (end < to && end - start <= CodeForms.LONGEST && is(b[end], WORD)) {
            digits |= is(b[end], DIGIT) ? 1 << end - start : 0;
            end++;
        }
        var forms = CodeForms.ALL.beginningWith(end - start);
        if (forms.length == 0 || isContinued(start)) {
            return -1;
        }
        for (var form : forms) {
            int last = form.mayBegin(digits) ? matchEnd(form.text(), start) : -1;
            if (last > 0 && form.check().passes(text, length)) {
                double confidence = confidence(form, start, last);
                if (confidence > 0) {
                    hits.add(form.type(), confidence, start, last);
                }
                if (confidence > UNCERTAIN) {
                    return last;
                }
            }
        }
        return -1;
    }

    /// Whether what begins there is the rest of something longer.
    private boolean isContinued(int start) {
        if (start == from) {
            return false;
        }
        byte before = b[start - 1];
        if (is(before, WORD) || before == '_' || before == '+') {
            return true;
        }
        boolean joint = before == '-' || before == '.' || before == '/';
        return joint && start - 2 >= from && is(b[start - 2], WORD);
    }

    private double confidence(CodeForms.Form form, int start, int end) {
        boolean unchecked = !form.checked();
        if (unchecked || lower) {
            boolean near =
                    context.distance(form.topic(), start) <= NEAR
                            || (!unchecked && context.says(form.topic(), start, end));
            boolean whole = !near && form.checked() && chain.isWholeText(start, end);
            return near ? SAID_UNCHECKED : whole ? WHOLE_TEXT : 0;
        }
        if (context.says(form.topic(), start, end)) {
            return SAID;
        }
        if (!form.sure()) {
            return chain.isWholeText(start, end) ? WHOLE_TEXT : 0;
        }
        return context.distance(Topic.GOODS, start) <= NEAR ? UNCERTAIN : BY_FORM;
    }

    /// The end of the form's text from `start`, or -1; its letters and digits are put aside.
    private int matchEnd(String form, int start) {
        int i = start;
        length = 0;
        lower = false;
        for (int k = 0; k < form.length(); k++, i++) {
            if (i >= to || !matches(form.charAt(k), b[i])) {
                return -1;
            }
            if (is(b[i], WORD)) {
                lower |= is(b[i], LOWER);
                text[length++] = (char) (is(b[i], LOWER) ? b[i] - 32 : b[i]);
            }
        }
        return endsAt(i) ? i : -1;
    }

    private static boolean matches(char form, byte c) {
        return switch (form) {
            case 'L' -> is(c, LETTER);
            case 'D' -> is(c, DIGIT);
            case 'A' -> is(c, WORD);
            case 'k' -> is(c, DIGIT) || c == 'K' || c == 'k';
            case ' ' -> c == ' ' || c == '-';
            default -> c == form;
        };
    }

    private boolean endsAt(int end) {
        if (end >= to) {
            return true;
        }
        if (is(b[end], WORD) || b[end] == '_') {
            return false;
        }
        boolean joint = b[end] == '-' || b[end] == '/' || b[end] == '.' || b[end] == '@';
        return !joint || end + 1 >= to || !is(b[end + 1], WORD);
    }
}
