package io.spillway.policy.detect;

/// Social security numbers of the United States: 3-2-4 digits, without those never given out.
final class SocialSecurityNumbers {
    private static final double WITH_DASHES = 0.85;
    private static final double WITH_CONTEXT = 0.8;
    private static final double WITH_BLANKS = 0.6;
    private static final double TWO_PARTS = 0.55;
    private static final double WHOLE_TEXT = 0.5;

    /// Numbers printed in advertisements, which many people copied.
    private static final int[] ADVERTISED = {78_05_1120, 219_09_9999};

    private final Context context;
    private final byte[] digits = new byte[9];

    SocialSecurityNumbers(Context context) {
        this.context = context;
    }

    /// Whether a number may be one, without a word that says so, whose first groups are such.
    static boolean mayBegin(int first, int gap, int second, int third) {
        boolean three = second == 2 && third == 4 && gap <= NumberChain.DOT;
        boolean two = second == 6 && gap == NumberChain.DASH;
        return first == 3 && (three || two);
    }

    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, Hits hits) {
        int count = grouping(chain);
        if (count == 0
                || chain.insideWord()
                || chain.goesOn(count - 1)
                || chain.copy(count, digits) != 9) {
            return 0;
        }
        boolean taxpayer = count == 3 && isTaxpayer();
        if (!taxpayer && !isIssued()) {
            return 0;
        }
        double confidence = confidence(chain, count);
        if (confidence > 0) {
            var type = taxpayer ? FindingType.NATIONAL_ID : FindingType.US_SSN;
            hits.add(type, confidence, chain.start(0), chain.end(count - 1));
        }
        return confidence >= WHOLE_TEXT ? count : 0;
    }

    private double confidence(NumberChain chain, int count) {
        double byForm =
                switch (count) {
                    case 3 ->
                            chain.gap(0) == NumberChain.DASH
                                    ? WITH_DASHES
                                    : chain.amongNumbers(3) ? 0 : WITH_BLANKS;
                    // 5-4 is far more often a postal code.
                    case 2 -> chain.goesOnWithDash(2) || chain.length(0) == 5 ? 0 : TWO_PARTS;
                    default -> 0;
                };
        if (byForm >= WITH_CONTEXT) {
            return byForm;
        }
        int start = chain.start(0);
        if (context.says(Topic.SOCIAL_SECURITY, start, chain.end(count - 1))) {
            return WITH_CONTEXT;
        }
        boolean whole = byForm < WHOLE_TEXT && chain.isWholeText(count);
        return whole ? WHOLE_TEXT : byForm;
    }

    /// A number that the tax office gives to those who have none of social security.
    private boolean isTaxpayer() {
        int group = digits[3] * 10 + digits[4];
        return digits[0] == 9
                && ((group >= 50 && group <= 65)
                        || (group >= 70 && group <= 88)
                        || (group >= 90 && group <= 92)
                        || group >= 94);
    }

    private static int grouping(NumberChain chain) {
        if (chain.runs >= 3
                && chain.length(0) == 3
                && chain.length(1) == 2
                && chain.length(2) == 4
                && chain.gap(0) == chain.gap(1)
                && chain.gap(0) <= NumberChain.DOT) {
            return 3;
        }
        if (chain.runs >= 2
                && chain.gap(0) == NumberChain.DASH
                && chain.digits(2) == 9
                && (chain.length(0) == 3 || chain.length(0) == 5)) {
            return 2;
        }
        return chain.length(0) == 9 ? 1 : 0;
    }

    private boolean isIssued() {
        int value = 0;
        for (byte digit : digits) {
            value = value * 10 + digit;
        }
        for (int advertised : ADVERTISED) {
            if (value == advertised) {
                return false;
            }
        }
        int area = value / 1_000_000;
        return area != 0
                && area != 666
                && area < 900
                && value / 10_000 % 100 != 0
                && value % 10_000 != 0;
    }
}
