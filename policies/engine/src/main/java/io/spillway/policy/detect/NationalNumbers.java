package io.spillway.policy.detect;

import static io.spillway.policy.detect.CheckDigits.isOneDigit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// National identity numbers that are written in digits only, by the forms in which they are
/// written.
///
/// A form that people use for nothing else, with a check digit, needs no word beside it. Digits in
/// one piece, or in threes, are also quantities and order numbers: they need a word, or to be the
/// whole text, which is how people answer a question.
final class NationalNumbers {
    private static final double SAID = 0.9;
    private static final double SAID_UNCHECKED = 0.6;
    private static final double BY_FORM = 0.75;
    private static final double WHOLE_TEXT = 0.55;
    private static final double UNCERTAIN = 0.3;
    private static final int LONGEST = 16;

    /// How near a word must stand before a number that has no check digit.
    private static final int NEAR = 20;

    /// How much a form says by itself.
    private enum Strength {
        /// Nothing: any number may look so.
        WEAK,

        /// A check digit makes chance unlikely, but not in a text full of numbers.
        CHECKED,

        /// People write nothing else so.
        SURE
    }

    private static final Strength WEAK = Strength.WEAK;
    private static final Strength CHECKED = Strength.CHECKED;
    private static final Strength SURE = Strength.SURE;

    /// Numbers without a check digit.
    private static final Check UNCHECKED = (_, _) -> true;

    private interface Check {
        boolean passes(byte[] d, int length);
    }

    /// @param sure whether one of these checks makes the form sure
    private record Format(Check check, Strength strength, boolean sure, @Nullable Format next) {}

    /// The forms as a tree, each way on being a separator and the length of a run.
    private static final class Node {
        private int[] ways = {};
        private Node[] next = {};
        private @Nullable Format format;

        /// Whether a form that needs no word ends here or further on.
        private boolean sure;

        @Nullable Node next(int gap, int length) {
            int way = gap << 5 | length;
            for (int k = 0; k < ways.length; k++) {
                if (ways[k] == way) {
                    return next[k];
                }
            }
            return null;
        }

        boolean hasNext(int length) {
            for (int way : ways) {
                if ((way & 31) == length) {
                    return true;
                }
            }
            return false;
        }

        boolean isSureEnd() {
            return format != null && format.sure;
        }

        Node add(int gap, int length) {
            var known = next(gap, length);
            if (known != null) {
                return known;
            }
            int size = ways.length;
            ways = Arrays.copyOf(ways, size + 1);
            next = Arrays.copyOf(next, size + 1);
            ways[size] = gap << 5 | length;
            next[size] = new Node();
            return next[size];
        }
    }

    private static final Node FORMS = new Node();

    /// The same by the length of the first run.
    private static final @Nullable Node[] FIRST = new Node[NumberChain.LONGEST_RUN + 2];

    static {
        europe(FORMS);
        northAndEast(FORMS);
        others(FORMS);
        for (int length = 0; length < FIRST.length; length++) {
            FIRST[length] = FORMS.next(0, length);
        }
    }

    private static void europe(Node to) {
        put(to, StateChecks::steuerId, SURE, "2 3 3 3");
        put(to, StateChecks::steuerId, CHECKED, "11");
        put(to, StateChecks::nir, SURE, "15", "1 2 2 2 3 3 2", "1 2 2 2 3 3-2", "13 2");
        put(to, StateChecks::nhs, CHECKED, "10", "3 3 4");
        put(to, StateChecks::bsn, CHECKED, "9", "3 3 3", "4.2.3", "4 2 3", "3.3.3");
        put(
                to,
                StateChecks::belgian,
                SURE,
                "2.2.2-3.2",
                "2.2.2 3.2",
                "2 2 2 3 2",
                "6-3-2",
                "6 3 2");
        put(to, StateChecks::belgian, CHECKED, "11");
        put(to, StateChecks::nif, CHECKED, "9", "3 3 3");
        put(to, StateChecks::ahv, SURE, "13", "3.4.4.2", "3 4 4 2");
        put(to, StateChecks::svnr, SURE, "4 6", "4-6");
        put(to, StateChecks::svnr, CHECKED, "10", "4 2 2 2");
        put(to, StateChecks::amka, CHECKED, "11");
        put(to, StateChecks::afm, CHECKED, "9");
        put(to, CheckDigits::mod11And10, CHECKED, "11");
        put(to, StateChecks::romanian, CHECKED, "13");
        put(to, StateChecks::jmbg, CHECKED, "13");
        put(to, StateChecks::egn, CHECKED, "10");
        put(to, StateChecks::rodneCislo, SURE, "6/4");
        put(to, StateChecks::rodneCislo, CHECKED, "10");
        put(to, StateChecks::hungarian, SURE, "1-6-4", "1 6 4");
        put(to, StateChecks::hungarian, CHECKED, "11");
        put(to, StateChecks::taj, CHECKED, "9", "3 3 3", "3-3-3");
        put(to, StateChecks::italianVat, CHECKED, "11");
    }

    private static void northAndEast(Node to) {
        put(to, StateChecks::personnummer, SURE, "6-4", "8-4");
        put(to, StateChecks::personnummer, CHECKED, "10", "12", "6 4", "8 4");
        put(to, StateChecks::organisationsnummer, CHECKED, "6-4", "10");
        put(to, StateChecks::norwegian, SURE, "11", "6 5");
        put(to, StateChecks::cpr, SURE, "6-4");
        put(to, StateChecks::cpr, WEAK, "10", "6 4");
        put(to, StateChecks::pesel, CHECKED, "11");
        put(to, StateChecks::nip, SURE, "3-3-2-2", "3-2-2-3");
        put(to, StateChecks::nip, CHECKED, "10");
        put(to, StateChecks::baltic, CHECKED, "11");
        put(to, StateChecks::latvian, SURE, "6-5");
        put(to, StateChecks::snils, SURE, "3-3-3 2", "3-3-3-2");
        put(to, StateChecks::snils, CHECKED, "11", "3 3 3 2");
        put(to, StateChecks::inn, CHECKED, "10", "12");
        put(to, StateChecks::ukrainian, CHECKED, "10");
        put(to, UNCHECKED, WEAK, "4 6", "2 2 6");
        put(to, StateChecks::kazakh, CHECKED, "12");
        put(to, StateChecks::turkish, CHECKED, "11", "3 3 3 2");
        put(to, StateChecks::israeli, CHECKED, "9", "8-1");
        put(to, StateChecks::emirates, SURE, "15", "3-4-7-1", "3 4 7 1");
        put(to, StateChecks::saudi, CHECKED, "10");
        put(to, StateChecks::egyptian, WEAK, "14");
    }

    private static void others(Node to) {
        put(to, StateChecks::aadhaar, CHECKED, "12", "4 4 4", "4-4-4");
        put(to, StateChecks::rrn, SURE, "6-7");
        put(to, StateChecks::rrnWithCheckDigit, CHECKED, "13", "6 7");
        put(to, StateChecks::rrn, WEAK, "13", "6 7");
        put(to, StateChecks::korean, CHECKED, "3-2-5", "10");
        put(to, StateChecks::myNumber, CHECKED, "12", "4 4 4", "4-4-4");
        put(to, StateChecks::thai, SURE, "1-4-5-2-1", "1 4 5 2 1");
        put(to, StateChecks::thai, CHECKED, "13");
        put(to, StateChecks::myKad, SURE, "6-2-4");
        put(to, StateChecks::myKad, WEAK, "12", "6 2 4");
        put(to, StateChecks::nik, WEAK, "16", "2 2 2 6 4", "6 6 4");
        put(to, UNCHECKED, SURE, "5-7-1");
        put(to, StateChecks::cnic, WEAK, "13");
        put(to, UNCHECKED, WEAK, "3-3-3-3", "3-3-3-5", "2-7-1", "2-9-1", "4-4-4-4", "4-7-1");
        put(to, StateChecks::cccd, WEAK, "12", "9");
        put(to, StateChecks::cpf, SURE, "3.3.3-2", "3 3 3 2", "3.3.3.2", "9-2");
        put(to, StateChecks::cpf, CHECKED, "11", "3-3-3-2");
        put(to, StateChecks::cnpj, SURE, "2.3.3/4-2", "8/4-2");
        put(to, StateChecks::cnpj, CHECKED, "14");
        put(to, StateChecks::pis, SURE, "3.5.2-1");
        put(to, StateChecks::cuit, SURE, "2-8-1");
        put(to, StateChecks::cuit, CHECKED, "11", "2 8 1");
        put(to, StateChecks::rut, SURE, "2.3.3-1", "1.3.3-1");
        put(to, StateChecks::rut, CHECKED, "8-1", "7-1", "9");
        put(to, UNCHECKED, WEAK, "2.3.3", "2 3 3", "8", "2-7", "3.3.3-1", "9-1", "1.3.3.3");
        put(to, StateChecks::sin, CHECKED, "9", "3-3-3", "3 3 3", "3.3.3");
        put(to, StateChecks::tfn, CHECKED, "9", "8", "3 3 3", "3 3 2", "3-3-3");
        put(to, StateChecks::medicare, SURE, "4 5 1", "4-5-1");
        put(to, StateChecks::medicare, CHECKED, "10", "4 5 1 1");
        put(to, StateChecks::abn, SURE, "2 3 3 3");
        put(to, StateChecks::abn, CHECKED, "11", "2-3-3-3");
        put(to, StateChecks::acn, CHECKED, "9", "3 3 3");
        put(to, StateChecks::ird, CHECKED, "8", "9", "2-3-3", "3-3-3", "2 3 3");
        put(to, StateChecks::southAfrican, SURE, "13", "6 4 3", "6 4 2 1", "6 4 1 2");
        put(to, UNCHECKED, WEAK, "11", "6/2/1");
    }

    /// @param forms such as `3.3.3-2`: lengths of runs and what stands between them
    private static void put(Node to, Check check, Strength strength, String... forms) {
        for (var form : forms) {
            boolean sure = strength == SURE;
            var node = to;
            int gap = 0;
            int length = 0;
            for (char c : (form + "\n").toCharArray()) {
                if (c >= '0' && c <= '9') {
                    length = length * 10 + c - '0';
                } else {
                    node = node.add(gap, length);
                    node.sure |= sure;
                    gap = gap(c);
                    length = 0;
                }
            }
            var old = node.format;
            node.format = new Format(check, strength, sure || (old != null && old.sure), old);
        }
    }

    private static int gap(char c) {
        return switch (c) {
            case ' ' -> NumberChain.SPACE;
            case '-' -> NumberChain.DASH;
            case '.' -> NumberChain.DOT;
            default -> NumberChain.SLASH;
        };
    }

    private final byte[] digits = new byte[LONGEST + 1];
    private final Context context;

    NationalNumbers(Context context) {
        this.context = context;
    }

    /// Whether a number may be one, without a word that says so, whose first groups are such.
    static boolean mayBegin(int first, int gap, int second, int third) {
        var one = FIRST[first];
        var two = one == null ? null : one.next(gap, second);
        boolean endsEarly = (one != null && one.isSureEnd()) || (two != null && two.isSureEnd());
        return endsEarly || (two != null && two.sure && two.hasNext(third));
    }

    /// @param silent whether no word around says anything
    /// @return runs used by a number that begins with the chain, 0 when there is none
    int find(NumberChain chain, boolean silent, Hits hits) {
        boolean onlySure = silent && !chain.mayBeWholeText();
        var node = FIRST[chain.length(0)];
        if (node == null || chain.insideWord() || chain.precededBy('+')) {
            return 0;
        }
        int count = 1;
        while (node != null && (node.sure || !onlySure)) {
            var format = node.format;
            if (format != null && !goesOn(chain, count) && matches(format, chain, count, hits)) {
                return count;
            }
            boolean more = count < chain.runs;
            node = more ? node.next(chain.gap(count - 1), chain.length(count)) : null;
            count++;
        }
        return 0;
    }

    /// Whether the same separator follows and more digits: then this is part of something longer.
    private static boolean goesOn(NumberChain chain, int count) {
        if (chain.goesOn(count - 1)) {
            return true;
        }
        if (count >= chain.runs) {
            return false;
        }
        int next = chain.gap(count - 1);
        return next == NumberChain.DASH || next == NumberChain.SLASH;
    }

    private boolean matches(Format formats, NumberChain chain, int count, Hits hits) {
        int start = chain.start(0);
        int end = chain.end(count - 1);
        if (!formats.sure && !isSaid(start, end) && !chain.isWholeText(count)) {
            return false;
        }
        int length = chain.copy(count, digits);
        @Nullable Strength strength = null;
        for (var format = formats; format != null; format = format.next) {
            boolean stronger = strength == null || format.strength.compareTo(strength) > 0;
            if (stronger && format.check.passes(digits, length)) {
                strength = format.strength;
            }
        }
        if (strength == null || isOneDigit(digits, length)) {
            return false;
        }
        double confidence = confidence(chain, count, strength);
        if (confidence > 0) {
            hits.add(FindingType.NATIONAL_ID, confidence, start, end);
        }
        return confidence > UNCERTAIN;
    }

    private boolean isSaid(int start, int end) {
        return context.says(Topic.NATIONAL, start, end)
                || context.says(Topic.SOCIAL_SECURITY, start, end);
    }

    private double confidence(NumberChain chain, int count, Strength strength) {
        int start = chain.start(0);
        int end = chain.end(count - 1);
        if (strength == WEAK) {
            int distance = context.distance(Topic.NATIONAL, start);
            boolean other = context.distance(Topic.MEDICAL, start) < distance;
            return distance <= NEAR && !other ? SAID_UNCHECKED : 0;
        }
        if (isSaid(start, end)) {
            return SAID;
        }
        boolean apart = count == 1 || chain.gap(0) != NumberChain.SPACE || !chain.afterDigits();
        if (strength == SURE && apart) {
            return context.says(Topic.GOODS, start, start) ? UNCERTAIN : BY_FORM;
        }
        return chain.isWholeText(count) ? WHOLE_TEXT : 0;
    }
}
