package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.is;

/// Telephone numbers: international ones by the plan of their country, and national ones by forms
/// that are typical for telephones or by a word beside them.
final class Phones {
    private static final double INTERNATIONAL = 0.9;
    private static final double FORMATTED = 0.75;
    private static final double LOOSE = 0.6;
    private static final double UNCERTAIN = 0.3;
    private static final int NEAR = 16;
    private static final int MOST_DIGITS = 15;

    private final Context context;
    private final NationalPhones national;
    private final byte[] digits = new byte[24];

    Phones(Context context) {
        this.context = context;
        this.national = new NationalPhones(context);
    }

    /// @param silent whether no word around says anything
    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, boolean silent, Hits hits) {
        if (chain.insideWord()) {
            return 0;
        }
        if (followsPlus(chain)) {
            return international(chain, 0, hits);
        }
        int access = access(chain);
        if (access > 0) {
            int used = international(chain, access, hits);
            if (used > 0) {
                return used;
            }
        }
        int used = bracketed(chain, hits);
        if (used > 0) {
            return used;
        }
        used = national.find(chain, silent);
        if (used == 0) {
            return 0;
        }
        boolean goods = !national.said() && context.distance(Topic.GOODS, chain.start(0)) <= NEAR;
        double confidence = national.typical() ? FORMATTED : LOOSE;
        return hit(chain, used, 0, goods ? UNCERTAIN : confidence, hits);
    }

    /// Whether a sign before the number says that it may be one.
    static boolean isAnnounced(NumberChain chain) {
        return chain.precededBy('(') || followsPlus(chain);
    }

    private static boolean followsPlus(NumberChain chain) {
        return (chain.precededBy('+') && !isSum(chain, chain.start(0) - 1))
                || (chain.precededBy('(') && plusBefore(chain, chain.start(0) - 1))
                || (chain.precededBy(' ') && plusBefore(chain, chain.start(0) - 1));
    }

    /// `821+4908`
    private static boolean isSum(NumberChain chain, int plus) {
        return plus > chain.from && is(chain.b[plus - 1], DIGIT);
    }

    private static boolean plusBefore(NumberChain chain, int i) {
        return i > chain.from
                && chain.b[i - 1] == '+'
                && (i - 1 == chain.from || !is(chain.b[i - 2], LETTER | DIGIT | BLANK));
    }

    /// Digits that are dialled before a country code: `00`, `011`; 0 when there are none.
    private static int access(NumberChain chain) {
        int length = chain.length(0);
        if (length >= 2 && chain.digit(0, 0) == 0 && chain.digit(0, 1) == 0) {
            return length == 2 || chain.digit(0, 2) != 0 ? 2 : 0;
        }
        boolean american =
                length == 3
                        && chain.digit(0, 0) == 0
                        && chain.digit(0, 1) == 1
                        && chain.digit(0, 2) == 1
                        && chain.runs > 3;
        return american ? 3 : 0;
    }

    /// @param access digits of an access code before the country code
    private int international(NumberChain chain, int access, Hits hits) {
        int best = 0;
        int fitting = 0;
        for (int count = 1; count <= chain.runs; count++) {
            int length = chain.copy(count, digits);
            if (length - access > MOST_DIGITS + 1) {
                break;
            }
            if (length - access >= 7 && endsWell(chain, count)) {
                int zero = trunkZero(chain, count, access);
                boolean fits =
                        CallingCodes.fits(
                                without(zero, length), access, length - (zero > 0 ? 1 : 0));
                fitting = fits ? count : fitting;
                best = length - access <= MOST_DIGITS ? count : best;
            }
        }
        if (fitting > 0) {
            // Without separators 00... may be any number.
            boolean sure = access == 0 || fitting > 1;
            boolean said = sure || isSaid(chain, fitting);
            double confidence = access == 0 ? INTERNATIONAL : FORMATTED;
            return said ? hit(chain, fitting, before(chain, access), confidence, hits) : 0;
        }
        boolean plausible = best > 2 || (best > 0 && isSaid(chain, best));
        return plausible && access == 0 && digits[0] != 0
                ? hit(chain, best, before(chain, access), LOOSE, hits)
                : 0;
    }

    private boolean isSaid(NumberChain chain, int count) {
        return context.says(Topic.PHONE, chain.start(0), chain.end(count - 1));
    }

    /// Bytes of the plus and the bracket before the number.
    private static int before(NumberChain chain, int access) {
        return access > 0 ? 0 : chain.precededBy('+') ? 1 : 2;
    }

    /// Where a zero stands that is dialled only at home, as in `+44 (0)20`, or 0.
    private static int trunkZero(NumberChain chain, int count, int access) {
        int first = chain.length(0);
        boolean own =
                count > 1
                        && first - access <= 3
                        && chain.digit(1, 0) == 0
                        && (chain.length(1) == 1 || chain.gap(0) == NumberChain.BRACKET)
                        && (chain.gap(0) == NumberChain.BRACKET
                                || (count > 2 && chain.gap(1) == NumberChain.BRACKET));
        return own ? first : 0;
    }

    private final byte[] shortened = new byte[24];

    private byte[] without(int zero, int length) {
        if (zero == 0) {
            return digits;
        }
        System.arraycopy(digits, 0, shortened, 0, zero);
        System.arraycopy(digits, zero + 1, shortened, zero, Math.min(length, 23) - zero);
        return shortened;
    }

    /// `(415) 555-0132`, `(07) 5331 0577`, `(96) 627-277`.
    private int bracketed(NumberChain chain, Hits hits) {
        if (!chain.precededBy('(')
                || chain.runs < 2
                || chain.length(0) > 5
                || chain.length(0) < 2
                || !closes(chain, 0)) {
            return 0;
        }
        int best = 0;
        for (int count = 2; count <= Math.min(5, chain.runs); count++) {
            int length = chain.digits(count);
            if (length >= 7
                    && length <= 12
                    && endsWell(chain, count)
                    && chain.length(count - 1) >= 2) {
                best = best > 0 && length > 11 ? best : count;
            }
        }
        if (best == 0) {
            return 0;
        }
        boolean prefixed = chain.length(best - 1) < 2 || chain.digits(best) < 8;
        return prefixed && !isSaid(chain, best) ? 0 : hit(chain, best, 1, FORMATTED, hits);
    }

    private static boolean closes(NumberChain chain, int run) {
        int end = chain.end(run);
        return end < chain.to && chain.b[end] == ')';
    }

    static boolean endsWell(NumberChain chain, int count) {
        return !chain.goesOn(count - 1) || extensionEnd(chain, count) > 0;
    }

    private static int hit(NumberChain chain, int count, int before, double confidence, Hits hits) {
        int extension = extensionEnd(chain, count);
        int end = extension > 0 ? extension : chain.end(count - 1);
        hits.add(FindingType.PHONE, confidence, chain.start(0) - before, end);
        return confidence > UNCERTAIN ? count : 0;
    }

    /// The end of `x123`, ` ext. 123` behind the number, or -1.
    static int extensionEnd(NumberChain chain, int count) {
        int i = chain.end(count - 1);
        int limit = Math.min(chain.to, i + 7);
        boolean letters = false;
        while (i < limit
                && (is(chain.b[i], LETTER)
                        || chain.b[i] == ' '
                        || chain.b[i] == '.'
                        || chain.b[i] == '#')) {
            if (is(chain.b[i], LETTER)) {
                letters |= isExtensionLetter(chain.b[i]);
                if (!isExtensionLetter(chain.b[i])) {
                    return -1;
                }
            }
            i++;
        }
        int start = i;
        while (i < chain.to && i - start <= 6 && is(chain.b[i], DIGIT)) {
            i++;
        }
        return letters && i > start && i - start <= 6 ? i : -1;
    }

    private static boolean isExtensionLetter(byte c) {
        return c == 'x' || c == 'X' || c == 'e' || c == 't' || c == 'E' || c == 'T';
    }
}
