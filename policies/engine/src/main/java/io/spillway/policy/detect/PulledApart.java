package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.is;

import java.util.function.Consumer;

/// Finds numbers and words whose characters were pulled apart (`4 1 1 1`, one digit a line, `j o h
/// n`), spelled out or written in another base, and puts them together.
///
/// One pass over the words of a text; what it finds in ordinary text ends after two or three words.
final class PulledApart {
    private static final int LONGEST_GAP = 6;
    private static final int LEAST_LETTERS = 8;
    private static final int LEAST_LETTERS_OF_ADDRESS = 3;
    private static final int LEAST_BYTES = 6;

    /// A longer word may be digits with letters between.
    private static final int LONGEST_PLAIN = 18;

    private final byte[] b;
    private final int from;
    private final int to;
    private final Outline outline;
    private final Chain chain = new Chain();
    private final Regrouped regrouped;

    private int lastEnd;
    private int singles;
    private int singleLetters;
    private int singlesStart;
    private int codes;
    private int codesStart;
    private int codesKind;

    PulledApart(byte[] b, int from, int to, Outline outline, Views views, Consumer<View> reader) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.outline = outline;
        this.lastEnd = from;
        this.regrouped = new Regrouped(b, from, to, views, reader);
    }

    void find() {
        int i = outline.piece(from);
        while (i < to) {
            int end = is(b[i], HIGH) ? wide(i) : word(i);
            boolean beyond = end < to && Utf8.isLead(b[end]);
            i = beyond ? end : isIdle() ? outline.piece(end) : outline.start(end);
        }
        endChain();
        endSingles(to);
        endCodes();
    }

    private int word(int start) {
        int i = outline.end(start);
        int length = i - start;
        boolean digits = outline.isNumber(start, i);
        int gap = start - lastEnd;
        if (length == 1) {
            single(start, gap, digits);
        } else if (singles > 0) {
            endSingles(start);
        }
        code(start, i, gap, digits);
        if (digits) {
            number(start, i, gap, NumberWords.NONE);
        } else {
            letters(start, i, gap);
        }
        lastEnd = i;
        return i;
    }

    /// Whether nothing goes on, so that ordinary words can be passed over.
    private boolean isIdle() {
        return chain.size == 0 && chain.pending == 1 && singles == 0 && codes == 0;
    }

    private void letters(int start, int end, int gap) {
        int value = NumberWords.of(b, start, end);
        if (value == NumberWords.DOUBLE || value == NumberWords.TRIPLE) {
            if (chain.size > 0 && gap > LONGEST_GAP) {
                endChain();
            }
            chain.pending = value == NumberWords.DOUBLE ? 2 : 3;
        } else if (value != NumberWords.NONE) {
            number(start, end, gap, value);
        } else {
            if (chain.size > 0) {
                endChain();
            }
            chain.pending = 1;
            if (end - start > LONGEST_PLAIN) {
                regrouped.mixed(start, end);
            }
        }
    }

    /// A character beyond ASCII: perhaps a Chinese numeral, else part of a gap, or of a word such
    /// as `fünf`.
    private int wide(int i) {
        int length = Utf8.lengthAt(b, i, to);
        int value =
                length == 3 ? NumberWords.chinese(Utf8.codePoint(b, i, length)) : NumberWords.NONE;
        if (value != NumberWords.NONE) {
            number(i, i + length, i - lastEnd, value);
            lastEnd = i + length;
        }
        return i + length;
    }

    private void number(int start, int end, int gap, int value) {
        if (chain.size > 0 && gap > LONGEST_GAP) {
            endChain();
        }
        if (chain.size == Chain.MOST) {
            chain.openRight = true;
            regrouped.chain(chain);
            chain.clear();
            chain.openLeft = true;
        }
        chain.add(start, end, value);
    }

    private void endChain() {
        if (chain.size > 1 || (chain.size == 1 && chain.isSpelled(0))) {
            regrouped.chain(chain);
        }
        chain.clear();
    }

    private void single(int start, int gap, boolean digit) {
        if (singles > 0 && gap > LONGEST_GAP) {
            endSingles(start);
        }
        if (singles == 0) {
            singlesStart = start;
            singleLetters = 0;
        }
        singles++;
        singleLetters += digit ? 0 : 1;
    }

    private void endSingles(int next) {
        boolean address =
                singles >= LEAST_LETTERS_OF_ADDRESS && (hasAt(lastEnd, next) || hasAtBefore());
        if ((singles >= LEAST_LETTERS || address) && singleLetters > 0) {
            regrouped.letters(singlesStart, lastEnd);
        }
        singles = 0;
    }

    private boolean hasAtBefore() {
        return hasAt(Math.max(from, singlesStart - 3), singlesStart);
    }

    private boolean hasAt(int start, int end) {
        for (int i = start; i < Math.min(end, start + LONGEST_GAP); i++) {
            if (b[i] == '@') {
                return true;
            }
        }
        return false;
    }

    /// Pieces of two hex digits, `0x` and two, eight binary digits, or numbers of ASCII.
    private void code(int start, int end, int gap, boolean digits) {
        int kind = kind(start, end, digits);
        if (codes > 0 && (kind == 0 || (codesKind & kind) == 0 || gap > 4)) {
            endCodes();
        }
        if (kind != 0) {
            codesStart = codes == 0 ? start : codesStart;
            codesKind = codes == 0 ? kind : codesKind & kind;
            codes++;
        }
    }

    private int kind(int start, int end, boolean digits) {
        int length = end - start;
        if (length == 2) {
            boolean hex = Bytes.isHex(b[start]) && Bytes.isHex(b[start + 1]);
            return (hex ? Regrouped.HEX : 0) | (digits && b[start] >= '3' ? Regrouped.DECIMAL : 0);
        }
        if (length == 3) {
            return digits && b[start] == '1' ? Regrouped.DECIMAL : 0;
        }
        if (length == 4 && b[start] == '0' && (b[start + 1] | 0x20) == 'x') {
            return Bytes.isHex(b[start + 2]) && Bytes.isHex(b[start + 3]) ? Regrouped.HEX : 0;
        }
        if (length != 8 || !digits) {
            return 0;
        }
        for (int i = start; i < end; i++) {
            if (b[i] > '1') {
                return 0;
            }
        }
        return Regrouped.BINARY;
    }

    private void endCodes() {
        if (codes >= LEAST_BYTES) {
            regrouped.codes(codesStart, lastEnd, codesKind);
        }
        codes = 0;
    }
}
