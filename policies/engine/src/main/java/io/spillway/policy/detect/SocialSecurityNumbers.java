package io.spillway.policy.detect;

/// Social security numbers of the United States: 3-2-4 digits, without those never given out.
final class SocialSecurityNumbers {
    private static final Words CONTEXT = new Words("ssn", "social sec", "social-sec");
    private static final double WITH_DASHES = 0.85;
    private static final double WITH_CONTEXT = 0.8;
    private static final double WITH_BLANKS = 0.6;
    private static final double BARE = 0.3;

    /// Numbers printed in advertisements, which many people copied.
    private static final int[] ADVERTISED = {78_05_1120, 219_09_9999};

    private final Nearby nearby;
    private final byte[] digits = new byte[9];

    SocialSecurityNumbers(byte[] b, int from, int to) {
        this.nearby = new Nearby(CONTEXT, b, from, to);
    }

    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, Hits hits) {
        int count = grouping(chain);
        if (count == 0
                || chain.insideWord()
                || chain.goesOn(count - 1)
                || chain.copy(count, digits) != 9
                || !isIssued()) {
            return 0;
        }
        double confidence =
                count == 3 && chain.gap(0) == NumberChain.DASH
                        ? WITH_DASHES
                        : count == 3 ? WITH_BLANKS : BARE;
        if (confidence < WITH_CONTEXT && nearby.is(chain.start(0), chain.end(count - 1))) {
            confidence = WITH_CONTEXT;
        }
        hits.add(FindingType.US_SSN, confidence, chain.start(0), chain.end(count - 1));
        return confidence > BARE ? count : 0;
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
