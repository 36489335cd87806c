package io.spillway.policy.detect;

/// What a number may be by its form alone, where no word around says anything: by the lengths of
/// its first three groups and what stands between, in one look. It lets too many through, never too
/// few: the validators look closer.
final class NumberForms {
    static final int DOTTED = 1;
    static final int CHINESE_ID = 1 << 1;
    static final int CARD = 1 << 2;
    static final int CHINESE_MOBILE = 1 << 3;
    static final int SOCIAL_SECURITY = 1 << 4;
    static final int NATIONAL = 1 << 5;
    static final int PHONE = 1 << 6;
    static final int ALL = (1 << 7) - 1;

    /// A second or third group that is longer counts as this long.
    private static final int LONGEST = 15;

    private static final int BITS = 4;

    /// Separators of several characters, of whichever kind.
    private static final int ANY_GAP = 6;

    private static final int GAPS = 8;
    private static final int LONGEST_GAP = 3;

    /// Bytes of the longest part of an internet address: one of version 4 in one of version 6.
    private static final int LONGEST_PART = 15;

    private static final byte[] TABLE = table();

    private NumberForms() {}

    private static byte[] table() {
        var table = new byte[(NumberChain.LONGEST_RUN + 1) * GAPS << 2 * BITS];
        for (int first = 1; first <= NumberChain.LONGEST_RUN; first++) {
            table[index(first, 0, 0, 0)] = forms(first, 0, 0, 0);
            for (int gap = 1; gap < ANY_GAP; gap++) {
                for (int second = 1; second <= LONGEST; second++) {
                    for (int third = 0; third <= LONGEST; third++) {
                        byte forms = forms(first, gap, second, third);
                        table[index(first, gap, second, third)] = forms;
                        table[index(first, ANY_GAP, second, third)] |= forms;
                    }
                }
            }
        }
        return table;
    }

    private static int index(int first, int gap, int second, int third) {
        int two = Math.min(second, LONGEST) << BITS | Math.min(third, LONGEST);
        return (first * GAPS + gap) << 2 * BITS | two;
    }

    private static byte forms(int first, int gap, int second, int third) {
        boolean dotted = gap == NumberChain.DOT && first <= 3 && second <= 3 && third <= 3;
        int forms =
                (dotted ? DOTTED : 0)
                        | (ChineseIds.mayBegin(first, gap) ? CHINESE_ID : 0)
                        | (Cards.mayBegin(first, gap, second, third) ? CARD : 0)
                        | (ChineseMobiles.mayBegin(first, second, third) ? CHINESE_MOBILE : 0)
                        | (SocialSecurityNumbers.mayBegin(first, gap, second, third)
                                ? SOCIAL_SECURITY
                                : 0)
                        | (NationalNumbers.mayBegin(first, gap, second, third) ? NATIONAL : 0)
                        | (NationalPhones.mayBegin(first, gap, second, third) ? PHONE : 0);
        return (byte) forms;
    }

    /// What the chain may begin with; everything where it may be all that the text says.
    static int of(NumberChain chain) {
        if (chain.mayBeWholeText()) {
            return ALL;
        }
        boolean more = chain.runs > 1;
        int gap = more ? chain.gap(0) : 0;
        int second = more ? chain.length(1) : 0;
        int third = chain.runs > 2 ? chain.length(2) : 0;
        int forms = TABLE[index(chain.length(0), gap, second, third)];
        boolean dialled = (more && chain.digit(0, 0) == 0) || Phones.isAnnounced(chain);
        return dialled ? forms | PHONE : forms;
    }

    /// Whether a number may begin with the run of digits at `i`, where no letter is near and more
    /// text stands before than around a number that is all that a text says.
    ///
    /// @param digits a bit for each byte from `i` on that is a digit
    static boolean mayBegin(byte[] b, int i, long digits) {
        byte before = b[i - 1];
        if (before == '+' || before == '(' || (before == ' ' && b[i - 2] == '+')) {
            return true;
        }
        if (NumberChain.isJoint(before) && Bytes.is(b[i - 2], Bytes.DIGIT)) {
            return false;
        }
        int first = Long.numberOfTrailingZeros(~digits);
        long behind = digits >>> first;
        if (first > NumberChain.LONGEST_RUN || behind == 0) {
            return first >= 7;
        }
        int gap = Long.numberOfTrailingZeros(behind);
        byte sign = b[i + first];
        int kind = gap > LONGEST_GAP ? 0 : NumberChain.kind(sign);
        if (kind == 0) {
            return sign == '+' || TABLE[index(first, 0, 0, 0)] != 0;
        }
        behind >>>= gap;
        int second = Long.numberOfTrailingZeros(~behind);
        behind >>>= second;
        int next = Long.numberOfTrailingZeros(behind);
        int nextKind = next > LONGEST_GAP ? 0 : NumberChain.kind(b[i + first + gap + second]);
        int third = nextKind == 0 ? 0 : Long.numberOfTrailingZeros(~(behind >>> next));
        int forms = TABLE[index(first, gap > 1 ? ANY_GAP : kind, second, third)];
        forms &= nextKind == NumberChain.DOT ? ALL : ~DOTTED;
        return first == 1 ? forms != 0 : mayBegin(b[i] - '0', b[i + 1] - '0', forms);
    }

    private static boolean mayBegin(int one, int two, int forms) {
        int id = ChineseIds.isProvince(one * 10 + two) ? CHINESE_ID : 0;
        int mobile = ChineseMobiles.mayBeginWith(one, two) ? CHINESE_MOBILE : 0;
        int others = ALL & ~CHINESE_ID & ~CHINESE_MOBILE;
        return one == 0 || (forms & (id | mobile | others)) != 0;
    }

    /// Whether the sign at `i` may stand in something where no letter is near. Between the parts of
    /// a hardware or internet address, the same one follows soon.
    static boolean mayPart(byte[] b, int i, int to) {
        if (b[i] != ':' && b[i] != '-') {
            return b[i] != '.' && b[i] != ',';
        }
        for (int k = i + 1; k < Math.min(to, i + LONGEST_PART + 2); k++) {
            if (b[k] == b[i]) {
                return true;
            }
        }
        return false;
    }
}
