package io.spillway.policy.detect;

/// The pass that looks for persons and addresses. It stops at capitalised words, at numbers that
/// may begin an address, at words after which a name is expected even in lower case, and at Chinese
/// surnames; everything else is passed over byte by byte.
final class Names {
    private static final int SMALL = 1;
    private static final int CAPITAL = 2;
    private static final int LEAD = 3;
    private static final int NUMBER = 4;
    private static final int HAN = 5;

    /// Longer texts show names in passing much more often, and only the context tells then.
    private static final int SHORT = 4096;

    private static final byte[] KINDS = kinds();

    private final byte[] b;
    private final int from;
    private final int to;
    private final Outline outline;
    private final Word word;
    private final Persons persons;
    private final StreetAddresses addresses;
    private final ChineseNames chinese;
    private final Hits hits;

    /// Without any capital letter: typed in a hurry, so that names have none either.
    private final boolean uncapitalised;

    private Names(byte[] b, int from, int to, Outline outline, Hits hits) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.outline = outline;
        this.hits = hits;
        this.word = new Word(b, to);
        var found = new Candidates();
        this.persons = new Persons(b, from, to, found);
        this.addresses = new StreetAddresses(b, from, to, found);
        this.chinese = new ChineseNames(b, from, to, found);
        this.uncapitalised = to - from <= SHORT && !outline.hasCapitals();
    }

    private static byte[] kinds() {
        var kinds = new byte[256];
        for (int c = 0; c < 128; c++) {
            if (Bytes.is((byte) c, Bytes.LOWER)) {
                kinds[c] = SMALL;
            } else if (Bytes.is((byte) c, Bytes.UPPER)) {
                kinds[c] = CAPITAL;
            } else if (Bytes.is((byte) c, Bytes.DIGIT)) {
                kinds[c] = NUMBER;
            }
        }
        for (int c = 0xC3; c < 0xE2; c++) {
            kinds[c] = LEAD;
        }
        for (int c = 0xE3; c < 0xEA; c++) {
            kinds[c] = HAN;
        }
        return kinds;
    }

    /// Adds persons and addresses to what other detectors found in the same text. Their findings
    /// are taken as evidence that the text is about someone, so this comes last.
    static void find(byte[] b, int from, int to, Outline outline, Hits hits) {
        new Names(b, from, to, outline, hits).run();
    }

    private void run() {
        int i = next(from);
        while (i < to) {
            int end =
                    switch (KINDS[b[i] & 0xFF]) {
                        case SMALL -> small(i);
                        case CAPITAL -> capital(i);
                        case LEAD -> lead(i);
                        case NUMBER -> number(i);
                        case HAN -> chinese.at(i);
                        default -> i + 1;
                    };
            i = next(end);
        }
        new Evidence(b, from, to, hits).settle(persons.found());
    }

    private int next(int i) {
        boolean beyond = i < to && Utf8.isLead(b[i]);
        return beyond ? i : uncapitalised ? outline.start(i) : outline.name(i);
    }

    private int small(int i) {
        if (i > from && (b[i - 1] == '_' || b[i - 1] == '@')) {
            return i + 1;
        }
        int end = i + 1;
        while (end < to && KINDS[b[end] & 0xFF] == SMALL) {
            end++;
        }
        int after = uncapitalised ? persons.uncapitalised(i) : end;
        if (after <= end && Anchors.mayBe(b, i, end)) {
            after = persons.afterAnchor(i, end);
        }
        return joined(i, Math.max(end, after));
    }

    private int capital(int i) {
        if (i > from && isInside(b[i - 1])) {
            return past(i);
        }
        int end = persons.capitalised(i);
        return Math.max(joined(i, end), addresses.street(persons.run(), i, end));
    }

    private int lead(int i) {
        if (!word.isLetter(i)) {
            return i + 1;
        }
        return word.isUpper(i) ? capital(i) : uncapitalised ? small(i) : joined(i, past(i));
    }

    private int number(int i) {
        int end = i + 1;
        while (end < to && Bytes.is(b[end], Bytes.WORD)) {
            end++;
        }
        int after = addresses.number(i, end);
        return Math.max(end, after);
    }

    /// What hangs on a word by an underscore, a dot or an at sign is no word of a sentence.
    private int joined(int i, int end) {
        if (end >= to) {
            return to;
        }
        if (b[end] == '@' || b[end] == '_') {
            int after = end + 1;
            while (after < to && (isInside(b[after]) || Bytes.is(b[after], Bytes.WORD))) {
                after++;
            }
            return after;
        }
        return Math.max(end, i + 1);
    }

    private int past(int i) {
        return word.read(i) ? word.end : i + 1;
    }

    private static boolean isInside(byte c) {
        return c == '_'
                || c == '@'
                || c == '/'
                || c == '\\'
                || c == '#'
                || c == '$'
                || c == '%'
                || Bytes.is(c, Bytes.WORD);
    }
}
