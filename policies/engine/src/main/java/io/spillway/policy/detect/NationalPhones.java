package io.spillway.policy.detect;

/// Telephone numbers as people of a country write them for each other.
final class NationalPhones {
    /// How near a word must stand before digits in one piece.
    private static final int NEAR = 16;

    private final Context context;
    private boolean typical;
    private boolean said;

    NationalPhones(Context context) {
        this.context = context;
    }

    /// Whether the last number found has a form that nothing else has.
    boolean typical() {
        return typical;
    }

    /// Whether a word beside the last number found says that it is one.
    boolean said() {
        return said;
    }

    /// Whether a number without a trunk prefix may be one, without a word that says so, whose first
    /// groups are such.
    static boolean mayBegin(int first, int gap, int second, int third) {
        return switch (first) {
            case 1 -> (second == 3 && third == 3) || gap == NumberChain.BRACKET;
            case 2 ->
                    gap == NumberChain.DASH
                            ? second == 3 && third == 3
                            : (second == 4 || second == 5) && third == 4;
            case 3 -> second == 3 && third == 4;
            default -> false;
        };
    }

    /// @param silent whether no word around says anything
    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, boolean silent) {
        typical = false;
        said = false;
        boolean telling = !silent || chain.mayBeWholeText();
        if (!telling && chain.length(0) > 3 && chain.digit(0, 0) != 0) {
            return 0; // only a word could tell
        }
        int used = american(chain);
        if (used > 0 && !isAmongNumbers(chain, used)) {
            typical = chain.gap(used - 2) != NumberChain.SPACE;
            return used;
        }
        used = trunk(chain);
        used = used > 0 ? used : typicalGroups(chain);
        if (used > 0 && !isAmongNumbers(chain, used)) {
            return used;
        }
        used = telling ? grouped(chain) : 0;
        if (used == 0) {
            return 0;
        }
        int start = chain.start(0);
        int end = chain.end(used - 1);
        if (used == 1 || chain.gap(0) == NumberChain.DOT) {
            int distance = context.distance(Topic.PHONE, start);
            said = distance <= NEAR || context.follows(Topic.PHONE, end);
        } else {
            said =
                    context.says(Topic.PHONE, start, end)
                            || context.distance(Topic.NUMBER, start) <= 4;
        }
        return said || isAnswer(chain, used) ? used : 0;
    }

    /// Whether blanks part the groups from each other and from more numbers, as in a table, or the
    /// last group from what may be a date.
    private static boolean isAmongNumbers(NumberChain chain, int used) {
        boolean blanks = chain.gap(used - 2) == NumberChain.SPACE;
        boolean more = used < chain.runs && chain.gap(used - 1) != NumberChain.BRACKET;
        return (blanks && chain.amongNumbers(used))
                || (more && chain.gap(used - 1) != NumberChain.SPACE);
    }

    /// Three groups or more as the whole text, or ten digits with a trunk prefix; three groups of
    /// four may be anything.
    private static boolean isAnswer(NumberChain chain, int used) {
        if (used == 1) {
            return chain.digit(0, 0) == 0 && chain.length(0) >= 10 && chain.isWholeText(1);
        }
        return used > 2
                && chain.digits(used) >= 9
                && (chain.digits(used) != 12 || chain.length(0) != 4)
                && chain.gap(0) != NumberChain.DOT
                && chain.isWholeText(used);
    }

    /// North America: 3-3-4, neither area nor exchange beginning with 0 or 1; 1 or 001 may stand
    /// before.
    private static int american(NumberChain chain) {
        int used = american(chain, 0);
        boolean prefix =
                chain.digit(0, chain.length(0) - 1) == 1
                        && chain.runs > 3
                        && (chain.length(0) == 1
                                || (chain.length(0) == 3 && chain.digit(0, 0) == 0));
        if (used == 0 && prefix && chain.gap(0) != NumberChain.SLASH) {
            used = american(chain, 1);
        }
        // The prefixes of other countries, as 91-415-555-0132.
        boolean other = chain.runs > 3 && chain.length(0) == 2 && chain.gap(0) == NumberChain.DASH;
        return used == 0 && other ? american(chain, 1) : used;
    }

    private static int american(NumberChain chain, int at) {
        if (chain.runs < at + 3
                || chain.length(at) != 3
                || chain.length(at + 1) != 3
                || chain.length(at + 2) != 4
                || chain.digit(at, 0) < 2
                || chain.digit(at + 1, 0) < 2
                || chain.gap(at) == NumberChain.SLASH
                || chain.gap(at + 1) == NumberChain.BRACKET
                || chain.gap(at + 1) == NumberChain.SLASH) {
            return 0;
        }
        return Phones.endsWell(chain, at + 3) ? at + 3 : 0;
    }

    /// A trunk prefix 0, an area, and a number in groups: `020 7123 4567`, `041-412-293`.
    private static int trunk(NumberChain chain) {
        int first = chain.length(0);
        if (chain.digit(0, 0) != 0 || first < 2 || first > 5 || chain.digit(0, 1) == 0) {
            return 0;
        }
        boolean dated =
                chain.runs >= 3
                        && first <= 3
                        && chain.length(1) == 2
                        && chain.length(2) == 4
                        && (first == 3 || chain.digit(1, 0) <= 1);
        if (dated) {
            return 0; // a day or a social security number
        }
        if (inPairs(chain)) {
            return 5;
        }
        int best = 0;
        for (int count = 2; count <= Math.min(5, chain.runs); count++) {
            int gap = chain.gap(count - 2);
            boolean fits =
                    gap == NumberChain.SPACE
                            || gap == NumberChain.DASH
                            || (gap == NumberChain.DOT && chain.gap(0) == gap && first > 1)
                            || ((gap == NumberChain.SLASH || gap == NumberChain.BRACKET)
                                    && count == 2);
            if (!fits) {
                break;
            }
            int length = chain.digits(count);
            boolean dots = gap == NumberChain.DOT && count < 3;
            boolean twelve = length == 12 && first == 4 && chain.gap(0) == NumberChain.DASH;
            if (length >= 9 && (length <= 11 || twelve) && !dots && Phones.endsWell(chain, count)) {
                best = count;
            }
        }
        return best;
    }

    /// `01.23.45.67.89`
    private static boolean inPairs(NumberChain chain) {
        if (chain.runs < 5
                || chain.digits(5) != 10
                || !chain.uniform(5)
                || !Phones.endsWell(chain, 5)) {
            return false;
        }
        for (int run = 0; run < 5; run++) {
            if (chain.length(run) != 2) {
                return false;
            }
        }
        return true;
    }

    /// Groups without a trunk prefix that are written for telephones alone: Brazil's `11
    /// 98765-4321`, Russia's `8 (912) 345-67-89`, Spain's `612 34 56 78`.
    private static int typicalGroups(NumberChain chain) {
        int first = chain.length(0);
        if (chain.runs >= 3 && first == 2 && chain.gap(1) == NumberChain.DASH) {
            boolean mobile = chain.length(1) == 5 && chain.digit(1, 0) == 9;
            boolean brazil =
                    chain.gap(0) != NumberChain.DASH
                            && (mobile || chain.length(1) == 4)
                            && chain.length(2) == 4;
            return brazil && Phones.endsWell(chain, 3) ? 3 : 0;
        }
        boolean russian =
                chain.runs >= 4
                        && first == 1
                        && chain.digit(0, 0) >= 7
                        && chain.gap(0) == NumberChain.BRACKET
                        && chain.length(1) + chain.length(2) >= 6;
        if (russian) {
            int count = chain.runs >= 5 && chain.digits(5) == 11 ? 5 : 4;
            return chain.digits(count) == 11 && Phones.endsWell(chain, count) ? count : 0;
        }
        return 0;
    }

    /// Any other grouping, or digits in a row: a number only where a word says so.
    private static int grouped(NumberChain chain) {
        if (chain.length(0) >= 7) {
            return isPlausibleInOnePiece(chain) && Phones.endsWell(chain, 1) ? 1 : 0;
        }
        int most = 1;
        while (most < Math.min(6, chain.runs)
                && chain.gap(most - 1) != NumberChain.SLASH
                && chain.length(most) >= 2
                && chain.length(most) <= 8) {
            most++;
        }
        if (chain.gap(0) == NumberChain.SLASH && chain.length(0) < 3) {
            return 0;
        }
        for (int count = most; count >= 2 && chain.digits(count) >= 7; count--) {
            if (chain.digits(count) <= 12
                    && !isDate(chain, count)
                    && !isDecimal(chain, count)
                    && Phones.endsWell(chain, count)) {
                return count;
            }
        }
        return 0;
    }

    private static boolean isDate(NumberChain chain, int count) {
        return count >= 3
                && chain.gap(0) == chain.gap(1)
                && chain.length(1) <= 2
                && ((chain.length(0) == 4 && chain.length(2) <= 2)
                        || (chain.length(0) <= 2 && chain.length(2) == 4));
    }

    private static boolean isDecimal(NumberChain chain, int count) {
        return count == 2 && chain.gap(0) == NumberChain.DOT;
    }

    /// A trunk prefix, or an area and an exchange of North America, or a mobile of other countries.
    private static boolean isPlausibleInOnePiece(NumberChain chain) {
        int length = chain.length(0);
        int first = chain.digit(0, 0);
        if (first == 0) {
            return chain.digit(0, 1) != 0 && length >= 9 && length <= 11;
        }
        return switch (length) {
            case 8 -> first >= 2;
            case 9 -> first >= 5;
            case 10 -> first >= 2;
            case 11 -> first == 1 || first == 7 || first == 8;
            case 12 -> true;
            default -> false;
        };
    }
}
