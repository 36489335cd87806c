package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;
import static io.spillway.policy.detect.CheckDigits.isDay;

/// Dates that words around say somebody was born on.
final class Birthdays {
    private static final double CONFIDENCE = 0.75;
    private static final double FAME = 0.4;
    private static final int NEAR = 40;
    private static final int ENTRY = 16;
    private static final int EARLIEST = 1880;
    private static final int LATEST = 2049;

    private static final Words OPEN = new Words("(b", "（", "生于");
    private static final Words IS = new Words(") is a", ") was a");
    private static final Words AGE = new Words(" (age ");
    private static final Words IS_ONE = new Words("）是一", "），是一", "，是一", "）为");

    /// Beginnings of the months' names in many languages; the sound of a month does not matter.
    private static final Words MONTHS =
            new Words(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec", "mär", "mai", "mei", "maj", "mag", "okt", "dez", "des", "dic", "déc",
                    "fév", "fev", "avr", "abr", "juin", "juil", "aoû", "aou", "ago", "ene", "gen",
                    "giu", "lug", "set", "ott", "out", "dez", "sty", "lut", "kwi", "cze", "lip",
                    "sie", "wrz", "paź", "lis", "gru", "maa", "янв", "фев", "мар", "апр", "мая",
                    "июн", "июл", "авг", "сен", "окт", "ноя", "дек");

    private byte[] b = {};
    private int from;
    private int to;
    private final Context context;
    private int start;
    private int end;

    Birthdays(Context context) {
        this.context = context;
    }

    /// Turns to another text.
    void begin(byte[] text, int first, int last) {
        b = text;
        from = first;
        to = last;
    }

    /// @return the end of a date of birth that begins with the chain or a month before it, -1 when
    ///   there is none
    int find(NumberChain chain, Hits hits) {
        int length = chain.length(0);
        if (length > 8 || length == 3 || (length > 4 && length < 8) || chain.insideWord()) {
            return -1;
        }
        start = chain.start(0);
        end = -1;
        if (length == 8) {
            compact();
        } else if (length == 4) {
            yearFirst(chain);
        } else {
            dayFirst(chain);
        }
        if (end < 0 || (end < to && is(b[end], WORD)) || !isSaid()) {
            return -1;
        }
        hits.add(FindingType.DATE_OF_BIRTH, isEntry() ? FAME : CONFIDENCE, start, end);
        return end;
    }

    /// `(born 5 March 1985) is a Danish`, as encyclopaedias begin.
    private boolean isEntry() {
        if (AGE.isAt(b, end, to)) {
            return true;
        }
        if (!OPEN.within(b, Math.max(from, start - ENTRY), start)) {
            return false;
        }
        for (int i = end; i < Math.min(to, end + ENTRY); i++) {
            if (IS_ONE.isAt(b, i, to)) {
                return true;
            }
            if (IS.isAt(b, i, to)) {
                return isNation(b[i + 2] == 'i' ? i + 5 : i + 6);
            }
        }
        return false;
    }

    /// Whether the word behind the `a` or `an` there is one of a nation.
    private boolean isNation(int at) {
        var word = new Word(b, to);
        int next = word.read(at) ? word.end + 1 : to;
        return word.read(next) && (Lexicon.builtIn().of(word.hash) & Lexicon.PLACE) != 0;
    }

    private boolean isSaid() {
        int distance = context.distance(Topic.BIRTH, start);
        return distance <= NEAR || context.follows(Topic.BIRTH, end);
    }

    private int number(int at, int length) {
        int value = 0;
        for (int i = at; i < at + length; i++) {
            value = value * 10 + b[i] - '0';
        }
        return value;
    }

    private static boolean isYear(int year) {
        return year >= EARLIEST && year <= LATEST;
    }

    private void compact() {
        int at = start;
        boolean yearFirst = isYear(number(at, 4)) && isDay(number(at + 6, 2), number(at + 4, 2));
        boolean dayFirst =
                isYear(number(at + 4, 4)) && isDayAndMonth(number(at, 2), number(at + 2, 2));
        end = yearFirst || dayFirst ? at + 8 : -1;
    }

    private static boolean isDayAndMonth(int one, int other) {
        return isDay(one, other) || isDay(other, one);
    }

    private void yearFirst(NumberChain chain) {
        if (!isYear(number(start, 4))) {
            return;
        }
        if (chain.runs >= 3 && chain.length(1) <= 2 && chain.length(2) <= 2) {
            numeric(chain, 1, 2, 2);
            return;
        }
        ideographs(chain.end(0));
    }

    /// `1985年3月5日`, with blanks or without; Korean alike.
    private void ideographs(int at) {
        int i = at;
        for (int part = 0; part < 2; part++) {
            i = behindSign(i);
            int begin = i;
            while (i < to && i - begin < 3 && is(b[i], DIGIT)) {
                i++;
            }
            if (i == begin || i - begin > 2) {
                return;
            }
        }
        int last = behindSign(i);
        end = last > i ? last : -1;
    }

    private int behindSign(int at) {
        int i = at;
        if (i < to && b[i] == ' ') {
            i++;
        }
        if (i + 2 < to && is(b[i], HIGH) && (b[i] & 0xFF) >= 0xE0) {
            i += 3;
            return i < to && b[i] == ' ' && i + 1 < to && is(b[i + 1], DIGIT) ? i + 1 : i;
        }
        return at;
    }

    private void numeric(NumberChain chain, int first, int second, int last) {
        boolean date =
                chain.uniform(3)
                        && isDayAndMonth(
                                number(chain.start(first), chain.length(first)),
                                number(chain.start(second), chain.length(second)));
        end = date ? chain.end(last) : -1;
    }

    private void dayFirst(NumberChain chain) {
        boolean three =
                chain.runs >= 3
                        && chain.length(1) <= 2
                        && (chain.length(2) == 2
                                || (chain.length(2) == 4 && isYear(number(chain.start(2), 4))));
        if (three) {
            numeric(chain, 0, 1, 2);
        } else if (start - 2 >= from && b[start - 1] == ' ' && monthBefore()) {
            yearWithin(chain.end(0), 6);
        } else if (!hasDigitBehind(chain.end(0))) {
            monthBehind(chain.end(0));
        }
    }

    /// `March 5, 1985`: moves the beginning to the month.
    private boolean monthBefore() {
        int i = start;
        while (i > from && start - i < 2 && (b[i - 1] == ' ' || b[i - 1] == '.')) {
            i--;
        }
        int word = i;
        while (word > from && i - word < 20 && is(b[word - 1], LETTER | HIGH)) {
            word--;
        }
        if (i == start || i - word < 3 || !MONTHS.isAt(b, word, i)) {
            return false;
        }
        start = word;
        return true;
    }

    private boolean hasDigitBehind(int at) {
        return at + 1 >= to || is(b[at + 1], DIGIT);
    }

    /// `5. März 1985`, `5th of March, 1985`, `5 de março de 1985`, `05-Mar-1985`.
    private void monthBehind(int at) {
        int limit = Math.min(to, at + 12);
        for (int i = at; i < limit; i++) {
            boolean begins = is(b[i], LETTER | HIGH) && (i == at || !is(b[i - 1], LETTER | HIGH));
            if (begins && i > at && MONTHS.isAt(b, i, to)) {
                yearWithin(i, 24);
                return;
            }
            if (is(b[i], DIGIT)) {
                return;
            }
        }
    }

    /// Four digits of a year that follow soon, with no other digits before them.
    private void yearWithin(int at, int reach) {
        int limit = Math.min(to - 3, at + reach);
        for (int i = at; i < limit; i++) {
            if (is(b[i], DIGIT)) {
                boolean four = is(b[i + 1], DIGIT) && is(b[i + 2], DIGIT) && is(b[i + 3], DIGIT);
                end = four && isYear(number(i, 4)) ? i + 4 : -1;
                return;
            }
            if (b[i] == '\n') {
                return;
            }
        }
    }
}
