package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Numbers that only a word before them tells from others: passports, driving licences, vehicle
/// plates, medical records, bank accounts and routing numbers.
final class DocumentNumbers {
    private static final double CONFIDENCE = 0.7;
    private static final double CHECKED = 0.85;
    private static final double UNCERTAIN = 0.3;

    /// How far before a number the word may end, and how far a number of the same kind in a list.
    private static final int NEAR = 36;

    private static final int IN_LIST = 8;
    private static final int LONGEST = 30;

    /// No number has more letters and digits.
    private static final int MOST = 24;

    private static final int ANNOUNCED = 16;

    private static final Topic[] TOPICS = {
        Topic.PASSPORT, Topic.LICENCE, Topic.MEDICAL, Topic.ROUTING, Topic.BANK, Topic.PLATE,
    };
    private static final FindingType[] TYPES = {
        FindingType.PASSPORT,
        FindingType.DRIVING_LICENCE,
        FindingType.MEDICAL_RECORD,
        FindingType.BANK_ACCOUNT,
        FindingType.BANK_ACCOUNT,
        FindingType.VEHICLE_PLATE,
    };

    /// A nearer word of these says that the number is something else.
    private static final Topic[] OTHERS = {Topic.PHONE, Topic.GOODS, Topic.BIRTH, Topic.VERSION};

    private final Context context;
    private byte[] b = {};
    private int from;
    private int to;

    /// The letters and digits of a candidate, and how many of them are digits.
    private int length;

    private int digits;
    private int separators;

    /// Letters and digits of the first group, when there are several.
    private int first;

    private int end;
    private int lastKind;
    private int lastEnd;

    DocumentNumbers(Context context) {
        this.context = context;
    }

    /// Turns to another text.
    void begin(byte[] text, int first, int last) {
        b = text;
        from = first;
        to = last;
        lastKind = -1;
        lastEnd = from - IN_LIST - 1;
    }

    /// Where the next number must begin at the latest to be in a list with the last one, without a
    /// word of its own.
    int listEnd() {
        return lastEnd + IN_LIST;
    }

    /// @param chain begins with the first digit of a group
    /// @param quiet whether no word around can say anything
    /// @return the end of a number, -1 when there is none
    int find(NumberChain chain, boolean quiet, Hits hits) {
        int i = chain.start(0);
        boolean mayBeListed = i <= listEnd();
        boolean mayBeSaid =
                !quiet
                        && !isTooLong(i)
                        && !context.isSilent(chain)
                        && context.mayBeDocument(i, NEAR);
        if (!mayBeListed && !mayBeSaid) {
            return -1;
        }
        int kind = -1;
        int nearest = NEAR;
        for (int k = 0; k < TOPICS.length; k++) {
            int distance = context.distance(TOPICS[k], i);
            if (distance < nearest) {
                kind = k;
                nearest = distance;
            }
        }
        for (var other : OTHERS) {
            if (context.distance(other, i) < nearest) {
                return -1;
            }
        }
        boolean listed = kind < 0 || hasDigit(i - nearest, start(i, i - nearest));
        if (listed && mayBeListed) {
            kind = lastKind;
            nearest = i - lastEnd;
        } else if (listed) {
            return -1;
        }
        int start = start(i, i - nearest);
        read(start);
        if (!fits(kind)) {
            return -1;
        }
        boolean checked = TOPICS[kind] == Topic.ROUTING && length == 9 && digits == 9;
        double confidence = checked ? (isRouting(start) ? CHECKED : UNCERTAIN) : CONFIDENCE;
        hits.add(TYPES[kind], confidence, start, end);
        lastKind = kind;
        lastEnd = end;
        return end;
    }

    /// Whether the digit stands in a word too long for a number, as nearly all do in encodings.
    private boolean isTooLong(int i) {
        int stop = i;
        while (stop < to && stop - i <= MOST && is(b[stop], WORD)) {
            stop++;
        }
        int start = i;
        while (start > from && i - start <= NEAR && is(b[start - 1], WORD)) {
            start--;
        }
        // A group before a dash or a blank may be a number of its own.
        boolean grouped = start > from && (b[start - 1] == '-' || b[start - 1] == ' ');
        return stop - i > MOST && !grouped;
    }

    private boolean hasDigit(int start, int stop) {
        for (int i = Math.max(from, start); i < stop; i++) {
            if (is(b[i], DIGIT)) {
                return true;
            }
        }
        return false;
    }

    /// The beginning of the letters, digits and dashes that lead to `i`, and of one group of
    /// capital letters before them, not before `least`.
    private int start(int i, int least) {
        int start = i;
        while (start > least && start > from && (is(b[start - 1], WORD) || b[start - 1] == '-')) {
            start--;
        }
        int before = start - 1;
        while (before - 1 >= Math.max(least, from)
                && is(b[before - 1], UPPER)
                && start - before < 5) {
            before--;
        }
        boolean group =
                before < start - 1
                        && b[start - 1] == ' '
                        && start - before <= 4
                        && (before == from || !is(b[before - 1], WORD));
        start = group && before > least ? before : start;
        while (start < i && !is(b[start], WORD)) {
            start++;
        }
        return start;
    }

    /// Reads groups with single separators as long as they have digits or are short and in capital
    /// letters.
    private void read(int start) {
        length = 0;
        digits = 0;
        separators = 0;
        first = 0;
        end = start;
        int i = start;
        while (i - start <= LONGEST) {
            int groupDigits = 0;
            int begin = i;
            boolean capital = true;
            while (i < to && i - begin <= LONGEST && is(b[i], WORD)) {
                groupDigits += is(b[i], DIGIT) ? 1 : 0;
                capital &= is(b[i], UPPER | DIGIT);
                i++;
            }
            boolean code =
                    groupDigits > 0 || (capital && i - begin <= 3 && (i - begin > 1 || i > start));
            if (i == begin || !code) {
                break;
            }
            length += i - begin;
            digits += groupDigits;
            end = i;
            boolean separator = i + 1 < to && (b[i] == ' ' || b[i] == '-' || b[i] == '/');
            if (!separator || !is(b[i + 1], WORD)) {
                break;
            }
            first = separators == 0 ? length : first;
            separators++;
            i++;
        }
    }

    private boolean fits(int kind) {
        boolean time = end + 1 < to && b[end] == ':' && is(b[end + 1], DIGIT);
        boolean part = end < to && (b[end] == '_' || b[end] == '@' || b[end] == '%');
        boolean date =
                separators == 2 && digits == length && (first <= 2 || first == 4) && digits <= 8;
        boolean decade = length == 5 && digits == 4 && b[end - 1] == 's';
        if (time || part || decade || (date && TOPICS[kind] != Topic.ROUTING) || length == 4) {
            return false;
        }
        return switch (TOPICS[kind]) {
            case PASSPORT -> length >= 6 && length <= 11 && digits >= 5;
            case LICENCE -> length >= 5 && length <= 20 && digits >= 4;
            case MEDICAL -> length >= 5 && length <= 16 && digits >= 4;
            case ROUTING -> length >= 6 && length <= 11 && digits >= 6;
            case BANK -> length >= 6 && length <= MOST && digits >= 6 && length - digits <= 4;
            case PLATE -> isPlate();
            default -> false;
        };
    }

    private boolean isPlate() {
        return (length >= 4 && length <= 9 && digits >= 1 && length > digits)
                || (length == 17 && digits >= 5 && separators == 0);
    }

    /// American Bankers Association: weights 3, 7, 1.
    private boolean isRouting(int start) {
        int sum = 0;
        int k = 0;
        for (int i = start; i < end; i++) {
            if (is(b[i], DIGIT)) {
                sum += (b[i] - '0') * (k % 3 == 0 ? 3 : k % 3 == 1 ? 7 : 1);
                k++;
            }
        }
        return sum > 0 && sum % 10 == 0;
    }

    /// A code for banks by letters, which is an ordinary word elsewhere.
    ///
    /// @param stop end of eight or eleven capital letters and digits
    /// @return where the scan goes on, -1 when there is none
    int findSwift(int start, int stop, Hits hits) {
        for (int i = start; i < start + 6; i++) {
            if (!is(b[i], LETTER)) {
                return -1;
            }
        }
        if (!Countries.has((char) b[start + 4], (char) b[start + 5])
                || !context.says(Topic.SWIFT, start, stop)) {
            return -1;
        }
        // Capital letters alone are a word, unless they are announced.
        boolean announced = context.distance(Topic.SWIFT, start) <= ANNOUNCED;
        if (!announced && !hasDigit(start, stop)) {
            return -1;
        }
        hits.add(FindingType.SWIFT_CODE, CONFIDENCE, start, stop);
        return stop;
    }
}
