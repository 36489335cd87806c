package io.spillway.policy.detect;

/// Payment cards: an issuer's prefix, a length that goes with it, and the Luhn check digit.
final class Cards {
    private static final double CONFIDENCE = 0.9;
    private static final double WRONG_CHECK_DIGIT = 0.3;
    private static final int LONGEST = 19;

    private static final double SAID = 0.8;
    private static final int NEAR = 24;

    private final byte[] digits = new byte[LONGEST + 1];
    private final Context context;

    Cards(Context context) {
        this.context = context;
    }

    /// Whether a number may be one whose first groups are such.
    static boolean mayBegin(int first, int gap, int second, int third) {
        boolean fours = second == 4 && third == 4;
        boolean grouped = fours || (second == 6 && (third == 4 || third == 5));
        return first >= 12 || (first == 4 && gap <= NumberChain.DOT && grouped);
    }

    /// @return runs used by a card that begins with the chain, 0 when there is none
    int find(NumberChain chain, Hits hits) {
        int first = chain.length(0);
        if ((first < 12 && (first != 4 || chain.runs < 3)) || chain.insideWord()) {
            return 0;
        }
        int weak = 0;
        for (int count = 1; count <= Math.min(5, chain.runs); count++) {
            int length = chain.digits(count);
            if (length > LONGEST) {
                break;
            }
            if (length < 12 || !isGrouped(chain, count) || chain.goesOn(count - 1)) {
                continue;
            }
            chain.copy(count, digits);
            boolean issued = isIssued(digits, length);
            if (luhn(digits, length)) {
                if (add(chain, count, issued, hits)) {
                    return count;
                }
                continue;
            }
            weak = issued && length == 16 ? count : weak;
        }
        if (weak > 0) {
            hits.add(
                    FindingType.PAYMENT_CARD,
                    WRONG_CHECK_DIGIT,
                    chain.start(0),
                    chain.end(weak - 1));
        }
        return 0;
    }

    private boolean add(NumberChain chain, int count, boolean issued, Hits hits) {
        int start = chain.start(0);
        int end = chain.end(count - 1);
        boolean unionPay = digits[0] == 6 && digits[1] == 2;
        boolean chinese =
                (unionPay || !issued) && context.distance(Topic.CHINESE_CARD, start) <= NEAR;
        int length = chain.digits(count);
        boolean rare = length != 14 && length != 15 && length != 16 && !unionPay;
        boolean visa =
                digits[0] == 4
                        && chain.isWholeText(count)
                        && !(length == 13 && StateChecks.southAfrican(digits, length));
        int distance = context.distance(Topic.CARD, start);
        boolean said = distance <= Context.REACH_BACK || context.follows(Topic.CARD, end);
        boolean alone = !said && !chinese;
        if (alone && issued && rare && !visa) {
            return false;
        }
        if (alone && issued && context.distance(Topic.GOODS, start) <= NEAR) {
            hits.add(FindingType.PAYMENT_CARD, WRONG_CHECK_DIGIT, start, end);
            return true;
        }
        if (issued || chinese) {
            var type = chinese ? FindingType.CN_BANK_CARD : FindingType.PAYMENT_CARD;
            hits.add(type, chinese ? SAID : CONFIDENCE, start, end);
            return true;
        }
        // Issuers get new ranges, so what is called a card and checks out counts as one.
        if (distance <= NEAR) {
            hits.add(FindingType.PAYMENT_CARD, SAID, start, end);
            return true;
        }
        return false;
    }

    /// In one piece; or in fours, the last group being shorter; or 4-6-5 and 4-6-4.
    private static boolean isGrouped(NumberChain chain, int count) {
        if (count == 1) {
            return true;
        }
        if (!chain.uniform(count) || chain.gap(0) > NumberChain.DOT || chain.length(0) != 4) {
            return false;
        }
        if (count == 3 && chain.length(1) == 4 && chain.length(2) == 4) {
            return true;
        }
        if (count == 3 && chain.length(1) == 6) {
            return chain.length(2) == 5 || chain.length(2) == 4;
        }
        for (int k = 1; k < count - 1; k++) {
            if (chain.length(k) != 4) {
                return false;
            }
        }
        return count >= 4 && chain.length(count - 1) <= 4;
    }

    private static boolean isIssued(byte[] d, int length) {
        int two = d[0] * 10 + d[1];
        int four = two * 100 + d[2] * 10 + d[3];
        return switch (d[0]) {
            case 1 -> length == 15 && (two == 12 || four == 1800); // UATP, JCB
            case 2 ->
                    (length == 15 && four == 2131)
                            || (length >= 16 && four >= 2200 && four <= 2204)
                            || (length == 16 && four >= 2221 && four <= 2720);
            case 3 ->
                    switch (two) {
                        case 34, 37 -> length == 15;
                        case 30 -> length == 14 && d[2] <= 5;
                        case 36, 38, 39 -> length == 14;
                        case 35 -> length >= 16 && four >= 3528 && four <= 3589;
                        default -> false;
                    };
            case 4 -> length == 13 || length == 16 || length == 19;
            case 5 -> (two >= 51 && two <= 55) ? length == 16 : (two == 50 || two >= 56);
            case 6 -> length >= 16 || (two != 60 && two != 62 && two != 64 && two != 65);
            case 8 -> length >= 16 && (two == 81 || two == 82);
            case 9 -> length == 16 && four == 9792;
            default -> false;
        };
    }

    static boolean luhn(byte[] d, int length) {
        int sum = 0;
        int distinct = 0;
        for (int i = 0; i < length; i++) {
            int digit = d[length - 1 - i];
            distinct |= 1 << digit;
            if (i % 2 == 1) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            sum += digit;
        }
        return sum % 10 == 0 && Integer.bitCount(distinct) > 1;
    }
}
