package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.is;

/// Telephone numbers: international ones and the common national forms.
final class Phones {
    private static final double INTERNATIONAL = 0.85;
    private static final double FORMATTED = 0.75;
    private static final double LOOSE = 0.6;
    private static final double BARE = 0.3;

    /// Country codes of one and two digits; all others have three.
    private static final long[] SHORT_CODES = shortCodes();

    private static long[] shortCodes() {
        var set = new long[2];
        int[] codes = {
            1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52,
            53, 54, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94,
            95, 98
        };
        for (int code : codes) {
            set[code >> 6] |= 1L << (code & 63);
        }
        return set;
    }

    private final Context context;
    private final byte[] digits = new byte[24];

    Phones(Context context) {
        this.context = context;
    }

    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, Hits hits) {
        if (chain.insideWord()) {
            return 0;
        }
        if (chain.precededBy('+')) {
            return international(chain, 0, hits);
        }
        if (chain.length(0) > 2
                && chain.digit(0, 0) == 0
                && chain.digit(0, 1) == 0
                && chain.digit(0, 2) != 0) {
            return international(chain, 2, hits);
        }
        int used = bracketed(chain, hits);
        return used > 0 ? used : national(chain, hits);
    }

    /// @param access digits of an access code before the country code: 2 for `00`
    private int international(NumberChain chain, int access, Hits hits) {
        int best = 0;
        for (int count = 1; count <= chain.runs; count++) {
            int length = chain.digits(count) - access;
            if (length > 15) {
                break;
            }
            if (length >= 8
                    && (!is(after(chain, count), LETTER | DIGIT) || isExtension(chain, count))) {
                chain.copy(count, digits);
                if (length - spokenZero(chain, count) <= longest(access)) {
                    best = count;
                }
            }
        }
        // Without separators 00... may be any number; with them it is written as a telephone's.
        if (best == 0 || digits[access] == 0 || (access > 0 && best == 1)) {
            return 0;
        }
        int plus = access == 0 ? 1 : 0;
        return hit(chain, best, plus, access == 0 ? INTERNATIONAL : FORMATTED, hits);
    }

    /// `+44 (0)20` has a digit that is dialled only at home.
    private static int spokenZero(NumberChain chain, int count) {
        boolean zero =
                count > 2
                        && chain.length(1) == 1
                        && chain.digit(1, 0) == 0
                        && chain.gap(1) == NumberChain.BRACKET;
        return zero ? 1 : 0;
    }

    /// Most digits with the country code, for countries that have a fixed plan.
    private int longest(int at) {
        int two = digits[at] * 10 + digits[at + 1];
        if (digits[at] == 1 || digits[at] == 7) {
            return 11;
        }
        boolean isShort = (SHORT_CODES[two >> 6] & 1L << (two & 63)) != 0;
        return switch (two) {
            case 33, 31, 32, 45, 47, 65 -> 11;
            case 44, 91, 34, 30 -> 12;
            default -> isShort ? 14 : 15;
        };
    }

    /// `(415) 555-0132`, `(07) 5331 0577`, also with a country code before.
    private static int bracketed(NumberChain chain, Hits hits) {
        boolean opened = chain.precededBy('(');
        if (!opened
                || chain.runs < 2
                || chain.length(0) > 5
                || chain.gap(0) != NumberChain.BRACKET) {
            return 0;
        }
        int best = 0;
        for (int count = 2; count <= Math.min(4, chain.runs); count++) {
            int length = chain.digits(count);
            if (length >= 8 && length <= 12 && endsWell(chain, count)) {
                best = best > 0 && length > 11 ? best : count;
            }
        }
        return best == 0 ? 0 : hit(chain, best, 1, FORMATTED, hits);
    }

    private int national(NumberChain chain, Hits hits) {
        int nanp = nanp(chain, 0);
        if (nanp == 0
                && chain.length(0) <= 2
                && chain.runs > 3
                && chain.gap(0) != NumberChain.DOT) {
            nanp = nanp(chain, 1);
        }
        if (nanp > 0) {
            boolean dashes = chain.gap(nanp - 2) != NumberChain.SPACE;
            return hit(chain, nanp, 0, dashes ? FORMATTED : LOOSE, hits);
        }
        int trunk = trunk(chain);
        if (trunk > 0) {
            return hit(chain, trunk, 0, LOOSE, hits);
        }
        int grouped = grouped(chain);
        if (grouped == 0) {
            return 0;
        }
        if (!context.says(Topic.PHONE, chain.start(0), chain.end(grouped - 1))) {
            return 0;
        }
        return hit(chain, grouped, 0, LOOSE, hits);
    }

    /// North America: 3-3-4, neither area nor exchange beginning with 0 or 1.
    private static int nanp(NumberChain chain, int at) {
        if (chain.runs < at + 3
                || chain.length(at) != 3
                || chain.length(at + 1) != 3
                || chain.length(at + 2) != 4
                || chain.digit(at, 0) < 2
                || chain.digit(at + 1, 0) < 2
                || chain.gap(at) == NumberChain.SLASH
                || chain.gap(at + 1) == NumberChain.BRACKET) {
            return 0;
        }
        return chain.goesOn(at + 2) && !isExtension(chain, at + 3) ? 0 : at + 3;
    }

    /// A trunk prefix 0, an area, and a number in groups: `020 7123 4567`, `041-412-293`.
    private static int trunk(NumberChain chain) {
        boolean area = chain.length(0) >= 2 && chain.length(0) <= 5 && chain.digit(0, 1) != 0;
        if (chain.digit(0, 0) != 0 || !area) {
            return 0;
        }
        boolean dated =
                chain.runs >= 3
                        && chain.length(0) <= 3
                        && chain.length(1) == 2
                        && chain.length(2) == 4;
        if (dated) {
            return 0; // a day or a social security number
        }
        if (inPairs(chain)) {
            return 5;
        }
        int best = 0;
        for (int count = 2; count <= Math.min(5, chain.runs); count++) {
            int gap = chain.gap(count - 2);
            if (gap != NumberChain.SPACE
                    && gap != NumberChain.DASH
                    && !(gap == NumberChain.SLASH && count == 2)) {
                break;
            }
            int length = chain.digits(count);
            if (length >= 9 && length <= 11 && endsWell(chain, count)) {
                best = count;
            }
        }
        return best;
    }

    /// `01.23.45.67.89`
    private static boolean inPairs(NumberChain chain) {
        if (chain.runs < 5 || chain.digits(5) != 10 || !chain.uniform(5) || !endsWell(chain, 5)) {
            return false;
        }
        for (int run = 0; run < 5; run++) {
            if (chain.length(run) != 2) {
                return false;
            }
        }
        return true;
    }

    /// Any other grouping, or ten digits in a row: a number only where a word says so.
    private static int grouped(NumberChain chain) {
        if (chain.length(0) >= 10) {
            return isPlausibleInOnePiece(chain) && endsWell(chain, 1) ? 1 : 0;
        }
        int most = 1;
        while (most < Math.min(5, chain.runs)
                && chain.gap(most - 1) == chain.gap(0)
                && isGroup(chain, most)) {
            most++;
        }
        boolean shortFirst = chain.length(0) == 1 && chain.digit(0, 0) != 0 && most >= 3;
        if (!(isGroup(chain, 0) || shortFirst) || chain.gap(0) > NumberChain.DOT) {
            return 0;
        }
        for (int count = most; count >= 2 && chain.digits(count) >= 7; count--) {
            boolean dated =
                    count == 3
                            && chain.digits(3) == 8
                            && chain.length(1) == 2
                            && (chain.length(0) == 4 || chain.length(2) == 4);
            if (chain.digits(count) <= 12 && !dated && endsWell(chain, count)) {
                return count;
            }
        }
        return 0;
    }

    /// A trunk prefix, or an area and an exchange of North America.
    private static boolean isPlausibleInOnePiece(NumberChain chain) {
        int length = chain.length(0);
        boolean trunk = chain.digit(0, 0) == 0 && chain.digit(0, 1) != 0 && length <= 11;
        return trunk || (length == 10 && chain.digit(0, 0) >= 2 && chain.digit(0, 3) >= 2);
    }

    private static boolean isGroup(NumberChain chain, int run) {
        return chain.length(run) >= 2 && chain.length(run) <= 5;
    }

    private static boolean endsWell(NumberChain chain, int count) {
        return !chain.goesOn(count - 1) || isExtension(chain, count);
    }

    private static int hit(NumberChain chain, int count, int before, double confidence, Hits hits) {
        int end = chain.end(count - 1);
        if (isExtension(chain, count)) {
            end++;
            while (end < chain.to && is(chain.b[end], DIGIT)) {
                end++;
            }
        }
        hits.add(FindingType.PHONE, confidence, chain.start(0) - before, end);
        return confidence > BARE ? count : 0;
    }

    /// `x123` right behind.
    private static boolean isExtension(NumberChain chain, int count) {
        int end = chain.end(count - 1);
        return end + 1 < chain.to
                && (chain.b[end] == 'x' || chain.b[end] == 'X')
                && is(chain.b[end + 1], DIGIT);
    }

    private static byte after(NumberChain chain, int count) {
        int end = chain.end(count - 1);
        return end < chain.to ? chain.b[end] : (byte) ' ';
    }
}
