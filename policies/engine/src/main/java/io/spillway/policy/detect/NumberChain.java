package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.is;

/// Digits as people group them: up to eight runs with short separators between, from one start.
///
/// Every run of a text becomes a start at most once and every look ahead is bounded, so the pass
/// stays linear.
final class NumberChain {
    static final int MOST_RUNS = 8;

    /// A longer run is no number that anyone looks for; it is not read to its end here.
    static final int LONGEST_RUN = 24;

    /// Most blanks, quotes and full stops around what is all that a text says.
    static final int EDGE = 8;

    private static final int ROOM = 8 * MOST_RUNS;

    static final int SPACE = 1;
    static final int DASH = 2;
    static final int DOT = 3;
    static final int BRACKET = 4;
    static final int SLASH = 5;

    /// What a separator of each byte is.
    private static final byte[] KINDS = kinds();

    /// The bytes that separators begin with.
    private static final boolean[] MAY_PART = mayPart();

    byte[] b = {};
    int from;
    int to;
    int runs;
    private boolean insideWord;

    /// Where the chain begins in the arrays: going on to the next run moves nothing.
    private int head;

    private final int[] start = new int[ROOM];
    private final int[] end = new int[ROOM];
    private final int[] gap = new int[ROOM];

    /// Digits of all runs before each.
    private final int[] before = new int[ROOM + 1];

    /// Turns to another text.
    void begin(byte[] text, int first, int last) {
        b = text;
        from = first;
        to = last;
        runs = 0;
    }

    private static byte[] kinds() {
        var kinds = new byte[128];
        kinds[' '] = SPACE;
        kinds['-'] = DASH;
        kinds['.'] = DOT;
        kinds['/'] = SLASH;
        kinds['('] = BRACKET;
        kinds[')'] = BRACKET;
        return kinds;
    }

    private static boolean[] mayPart() {
        var may = new boolean[256];
        for (int c = 0; c < KINDS.length; c++) {
            may[c] = KINDS[c] != 0;
        }
        may[0xC2] = true;
        may[0xE2] = true;
        return may;
    }

    /// What a separator of this one character of ASCII is, 0 when it is none.
    static int kind(byte sign) {
        return KINDS[sign];
    }

    /// Whether digits before such a sign make what follows a part of them.
    static boolean isJoint(byte sign) {
        return sign == '.' || sign == ',' || sign == '-' || sign == '/';
    }

    /// Reads the chain that begins with the run of digits at `i`. What the chain before has read
    /// already is not read again.
    void read(int i) {
        int known = 0;
        while (known < runs && start[head + known] != i) {
            known++;
        }
        runs -= known;
        head = runs == 0 ? 0 : head + known;
        if (head + MOST_RUNS > ROOM) {
            toFront();
        }
        if (runs == 0) {
            addRun(i);
        }
        while (runs < MOST_RUNS && length(runs - 1) <= LONGEST_RUN) {
            int next = afterGap(end[head + runs - 1]);
            if (next < 0) {
                break;
            }
            addRun(next);
        }
        insideWord = beginsInsideWord();
    }

    private void toFront() {
        System.arraycopy(start, head, start, 0, runs);
        System.arraycopy(end, head, end, 0, runs);
        System.arraycopy(gap, head, gap, 0, runs);
        System.arraycopy(before, head, before, 0, runs + 1);
        head = 0;
    }

    private void addRun(int at) {
        int stop = at;
        while (stop < to && stop - at <= LONGEST_RUN && is(b[stop], DIGIT)) {
            stop++;
        }
        int run = head + runs;
        start[run] = at;
        end[run] = stop;
        before[run + 1] = before[run] + stop - at;
        runs++;
    }

    /// The first digit behind a separator of up to three bytes, or -1.
    private int afterGap(int at) {
        if (at >= to || !MAY_PART[b[at] & 0xFF]) {
            return -1;
        }
        int kind = 0;
        int i = at;
        while (i < to && i - at < 3 && !is(b[i], DIGIT)) {
            int length = 1;
            int one = b[i] < 0 ? 0 : kind(b[i]);
            if (one == 0) {
                // No-break space, and the dashes U+2010 to U+2015.
                if (i + 1 < to && (b[i] & 0xFF) == 0xC2 && (b[i + 1] & 0xFF) == 0xA0) {
                    one = SPACE;
                    length = 2;
                } else if (i + 2 < to
                        && (b[i] & 0xFF) == 0xE2
                        && (b[i + 1] & 0xFF) == 0x80
                        && (b[i + 2] & 0xFF) >= 0x90
                        && (b[i + 2] & 0xFF) <= 0x95) {
                    one = DASH;
                    length = 3;
                } else {
                    return -1;
                }
            }
            // Blanks around another separator do not change what it is.
            kind = kind == 0 || kind == SPACE || kind == one ? one : one == SPACE ? kind : BRACKET;
            i += length;
        }
        if (kind == 0 || i >= to || !is(b[i], DIGIT)) {
            return -1;
        }
        gap[head + runs - 1] = kind;
        return i;
    }

    int start(int run) {
        return start[head + run];
    }

    int end(int run) {
        return end[head + run];
    }

    int length(int run) {
        return end[head + run] - start[head + run];
    }

    /// What stands between a run and the next.
    int gap(int run) {
        return gap[head + run];
    }

    /// Whether the first `count` runs have the same separator between them.
    boolean uniform(int count) {
        for (int k = 1; k < count - 1; k++) {
            if (gap[head + k] != gap[head]) {
                return false;
            }
        }
        return true;
    }

    /// Digits in the first `count` runs.
    int digits(int count) {
        return before[head + count] - before[head];
    }

    /// Copies the digits of the first `count` runs as numbers 0 to 9.
    int copy(int count, byte[] into) {
        int n = 0;
        for (int k = 0; k < count; k++) {
            for (int i = start(k); i < end(k) && n < into.length; i++) {
                into[n++] = (byte) (b[i] - '0');
            }
        }
        return n;
    }

    int digit(int run, int index) {
        return b[start[head + run] + index] - '0';
    }

    /// Whether the chain stands inside a word or a longer number.
    boolean insideWord() {
        return insideWord;
    }

    private boolean beginsInsideWord() {
        int i = start[head];
        if (i == from) {
            return false;
        }
        byte before = b[i - 1];
        if (is(before, LETTER) || before == '_') {
            return true;
        }
        return isJoint(before) && i - 1 > from && is(b[i - 2], DIGIT);
    }

    /// Whether a word or a number goes on right behind the run.
    boolean goesOn(int run) {
        int i = end[head + run];
        if (i >= to) {
            return false;
        }
        if (is(b[i], LETTER | DIGIT) || b[i] == '_') {
            return true;
        }
        return (b[i] == '.' || b[i] == ',') && i + 1 < to && is(b[i + 1], DIGIT);
    }

    /// Whether a number and a blank stand before.
    boolean afterDigits() {
        int i = start[head];
        return i - 2 >= from && b[i - 1] == ' ' && is(b[i - 2], DIGIT);
    }

    /// Whether numbers with blanks stand before the first `count` runs or behind them.
    boolean amongNumbers(int count) {
        return afterDigits() || (count < runs && gap(count - 1) == SPACE);
    }

    /// Whether the first `count` runs are all that the text says.
    boolean isWholeText(int count) {
        return isWholeText(start(0), end(count - 1));
    }

    /// False when so much stands before that the chain cannot be all that the text says.
    boolean mayBeWholeText() {
        return start[head] - from <= EDGE;
    }

    /// Whether nothing but blanks, quotes and a full stop stand around.
    boolean isWholeText(int first, int last) {
        for (int i = first - 1; i >= from; i--) {
            if (first - i > EDGE || !isEdge(b[i])) {
                return false;
            }
        }
        for (int i = last; i < to; i++) {
            if (i - last > EDGE || !isEdge(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEdge(byte c) {
        return is(c, Bytes.BLANK) || c == '.' || c == '"' || c == '\'';
    }

    /// Whether a dash and more digits follow the first `count` runs.
    boolean goesOnWithDash(int count) {
        return count < runs && gap(count - 1) == DASH;
    }

    boolean startsWith(String text) {
        int i = start[head];
        for (int k = 0; k < text.length(); k++) {
            if (i + k >= to || b[i + k] != text.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    boolean precededBy(char c) {
        return start[head] > from && b[start[head] - 1] == c;
    }
}
