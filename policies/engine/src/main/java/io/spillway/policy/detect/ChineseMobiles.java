package io.spillway.policy.detect;

/// Chinese mobile numbers: 1, 3 to 9, and nine more digits, in one piece or 3-4-4, with or without
/// 86 before.
final class ChineseMobiles {
    private static final double CONFIDENCE = 0.85;
    private static final int LENGTH = 11;

    /// Digits of `86` and `0086`.
    private static final int LONGEST_PREFIX = 4;

    private final Context context;
    private final byte[] digits = new byte[NumberChain.LONGEST_RUN];

    ChineseMobiles(Context context) {
        this.context = context;
    }

    /// Whether a number may be one whose first groups have these lengths.
    static boolean mayBegin(int first, int second, int third) {
        return switch (first) {
            case 2, LONGEST_PREFIX -> second == LENGTH || (second == 3 && third == 4);
            case 3, 5, 7 -> second == 4 && third == 4;
            case LENGTH, LENGTH + 2, LENGTH + LONGEST_PREFIX -> true;
            default -> false;
        };
    }

    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, Hits hits) {
        if (chain.digits(chain.runs) < LENGTH || chain.length(0) < 2 || chain.insideWord()) {
            return 0;
        }
        if (!mayBeginWith(chain.digit(0, 0), chain.digit(0, 1))) {
            return 0;
        }
        for (int count = 1; count <= Math.min(4, chain.runs); count++) {
            int length = chain.digits(count);
            if (length > LENGTH + LONGEST_PREFIX) {
                return 0;
            }
            if (length >= LENGTH && !chain.goesOn(count - 1) && matches(chain, count, length)) {
                if (isNorwegian(chain, count, length)) {
                    return 0;
                }
                int plus = chain.precededBy('+') ? 1 : 0;
                hits.add(
                        FindingType.CN_MOBILE,
                        CONFIDENCE,
                        chain.start(0) - plus,
                        chain.end(count - 1));
                return count;
            }
        }
        return 0;
    }

    /// Whether these are the first two digits of some number, with or without the country's code.
    static boolean mayBeginWith(int one, int two) {
        return (one == 1 && two >= 3) || (one == 8 && two == 6) || (one == 0 && two == 0);
    }

    /// Whether it has the date and both check digits of Norway, and no word speaks of telephones.
    private boolean isNorwegian(NumberChain chain, int count, int length) {
        return count == 1
                && length == LENGTH
                && StateChecks.norwegian(digits, LENGTH)
                && !context.says(Topic.PHONE, chain.start(0), chain.end(0));
    }

    private boolean matches(NumberChain chain, int count, int length) {
        chain.copy(count, digits);
        int prefix = length - LENGTH;
        // A plus without 86 is another country's.
        boolean abroad = prefix == 0 && chain.precededBy('+');
        return !abroad
                && isPrefix(prefix)
                && digits[prefix] == 1
                && digits[prefix + 1] >= 3
                && isGrouped(chain, count, prefix);
    }

    private boolean isPrefix(int length) {
        return switch (length) {
            case 0 -> true;
            case 2 -> digits[0] == 8 && digits[1] == 6;
            case LONGEST_PREFIX ->
                    digits[0] == 0 && digits[1] == 0 && digits[2] == 8 && digits[3] == 6;
            default -> false;
        };
    }

    private static boolean isGrouped(NumberChain chain, int count, int prefix) {
        for (int k = 0; k < count - 1; k++) {
            boolean behindPrefix = k == 0 && prefix > 0 && chain.gap(0) == NumberChain.BRACKET;
            if (chain.gap(k) > NumberChain.DASH && !behindPrefix) {
                return false;
            }
        }
        boolean apart = prefix > 0 && chain.length(0) == prefix;
        return switch (apart ? count - 1 : count) {
            case 1 -> true;
            case 3 -> chain.length(count - 1) == 4 && chain.length(count - 2) == 4;
            default -> false;
        };
    }
}
