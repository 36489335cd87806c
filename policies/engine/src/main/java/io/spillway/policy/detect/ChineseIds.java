package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Chinese resident identity cards: 18 digits with a date and a check digit (GB 11643-1999), or the
/// older 15 digits with a date.
final class ChineseIds {
    private static final double CONFIDENCE = 0.95;
    private static final double OLD_FORM = 0.6;
    private static final double WRONG_CHECK_DIGIT = 0.4;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final int X = 10;
    private static final String CHECK_DIGITS = "10X98765432";

    /// First two digits that are provinces, regions and municipalities.
    private static final long[] PROVINCES = provinces();

    private final byte[] digits = new byte[18];

    private static long[] provinces() {
        var set = new long[2];
        int[][] ranges = {
            {11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}
        };
        for (var range : ranges) {
            for (int i = range[0]; i <= range[1]; i++) {
                set[i >> 6] |= 1L << (i & 63);
            }
        }
        return set;
    }

    /// Whether a number may be one whose first group has that length and gap behind it.
    static boolean mayBegin(int first, int gap) {
        boolean grouped = gap == NumberChain.SPACE || gap == NumberChain.DASH;
        return first >= 15 || (first >= 3 && grouped);
    }

    /// @return runs used by a card number that begins with the chain, 0 when there is none
    int find(NumberChain chain, Hits hits) {
        if (chain.length(0) < 3
                || chain.digits(chain.runs) < 15
                || !isProvince(chain.digit(0, 0) * 10 + chain.digit(0, 1))
                || chain.insideWord()) {
            return 0;
        }
        for (int count = 1; count <= Math.min(6, chain.runs); count++) {
            int length = chain.digits(count);
            if (length > 18) {
                return 0;
            }
            if ((length >= 17 || (length == 15 && count == 1))
                    && chain.uniform(count)
                    && (count == 1
                            || chain.gap(0) == NumberChain.SPACE
                            || chain.gap(0) == NumberChain.DASH)
                    && matches(chain, count, length, hits)) {
                return count;
            }
        }
        return 0;
    }

    private boolean matches(NumberChain chain, int count, int length, Hits hits) {
        chain.copy(count, digits);
        int end = chain.end(count - 1);
        if (length == 17) {
            boolean x = end < chain.to && (chain.b[end] == 'X' || chain.b[end] == 'x');
            if (!x || (end + 1 < chain.to && is(chain.b[end + 1], WORD))) {
                return false;
            }
            digits[17] = X;
            return newForm(chain.start(0), end + 1, hits);
        }
        if (chain.goesOn(count - 1)) {
            return false;
        }
        if (length == 18) {
            return newForm(chain.start(0), end, hits);
        }
        if (length == 15
                && count == 1
                && isDate(1900 + number(6, 2), 8)
                && !StateChecks.nir(digits, length)) {
            hits.add(FindingType.CN_ID_CARD, OLD_FORM, chain.start(0), end);
            return true;
        }
        return false;
    }

    private boolean newForm(int start, int end, Hits hits) {
        int year = number(6, 4);
        if (year < 1850 || year > 2099 || !isDate(year, 10)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += digits[i] * WEIGHTS[i];
        }
        char expected = CHECK_DIGITS.charAt(sum % 11);
        char actual = digits[17] == X ? 'X' : (char) ('0' + digits[17]);
        hits.add(
                FindingType.CN_ID_CARD,
                expected == actual ? CONFIDENCE : WRONG_CHECK_DIGIT,
                start,
                end);
        return expected == actual;
    }

    static boolean isProvince(int code) {
        return (PROVINCES[code >> 6] & 1L << (code & 63)) != 0;
    }

    private int number(int at, int length) {
        int value = 0;
        for (int i = at; i < at + length; i++) {
            value = value * 10 + digits[i];
        }
        return value;
    }

    private boolean isDate(int year, int monthAt) {
        int month = number(monthAt, 2);
        int day = number(monthAt + 2, 2);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= java.time.YearMonth.of(year, month).lengthOfMonth();
    }
}
