package io.spillway.policy.detect;

/// What follows house number and street: flat, town, state, postcode, country.
final class AddressTail {
    private static final int LONGEST = 120;
    private static final int MOST_WORDS = 12;
    private static final Words SAMPLES =
            new Words(
                    "main st",
                    "main street",
                    "any st",
                    "anytown",
                    "example",
                    "fake st",
                    "elm st",
                    "sample",
                    "baker street",
                    "downing st",
                    "pennsylvania av",
                    "evergreen terr",
                    "privet drive",
                    "wall street",
                    "sesame st",
                    "infinite loop",
                    "maple st",
                    "oak st",
                    "amphitheatre",
                    "hacker way",
                    "microsoft way");

    private final byte[] b;
    private final int to;
    private final Word word;
    private final Lexicon lexicon = Lexicon.builtIn();
    private boolean postcode;
    private int lines;

    AddressTail(byte[] b, int to) {
        this.b = b;
        this.to = to;
        this.word = new Word(b, to);
    }

    /// Whether the last tail had a postcode or a flat.
    boolean postcode() {
        return postcode;
    }

    /// Takes the parts that belong to the address.
    ///
    /// @return its end
    int extend(int end) {
        postcode = false;
        int last = end;
        int at = end;
        lines = 0;
        for (int words = 0; words < MOST_WORDS && last - end < LONGEST; words++) {
            int gap = at;
            while (at < to && at - gap < 8 && isGap(b[at])) {
                lines += b[at] == '\n' ? 1 : 0;
                at++;
            }
            if (at == gap || at >= to || lines > 5) {
                break;
            }
            int next = part(at);
            if (next < 0) {
                break;
            }
            at = next;
            last = next;
        }
        return last;
    }

    private static boolean isGap(byte c) {
        return c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '#' || c == '.' || c == '?'
                || c == '>';
    }

    /// One word or number, or -1 for what is no part of an address.
    private int part(int at) {
        if (Bytes.is(b[at], Bytes.DIGIT)) {
            int end = digits(at);
            boolean number =
                    end - at <= 7
                            && !(end < to && (b[end] == ':' || b[end] == '%' || b[end] == '/'));
            postcode |= number && end - at >= 4;
            return number ? end : -1;
        }
        if (!word.read(at)) {
            return -1;
        }
        int flags = lexicon.of(word.hash);
        if (word.end < to && (b[word.end] == ':' || b[word.end] == '@' || b[word.end] == '_')) {
            return -1;
        }
        boolean unit = (flags & Lexicon.UNIT) != 0;
        int behind = word.end + 1 < to && b[word.end] == '.' ? word.end + 2 : word.end + 1;
        if (unit && behind < to && Bytes.is(b[behind], Bytes.WORD)) {
            int end = digits(behind);
            if (Bytes.is(b[behind], Bytes.DIGIT) || end - behind == 1) {
                postcode = true;
                return end;
            }
        }
        boolean plain =
                (flags & (Lexicon.COMMON | Lexicon.SAYS | Lexicon.ROLE)) != 0
                        && (flags & (Lexicon.PLACE | Lexicon.ANY_NAME | Lexicon.STREET)) == 0;
        boolean line = postcode && (flags & Lexicon.COMMON) == 0 && word.length > 2;
        if (!(word.upper || line && lines > 0) || plain) {
            return -1;
        }
        return digits(word.end);
    }

    /// The end of digits and letters that stand together.
    int digits(int at) {
        int end = at;
        while (end < to && (Bytes.is(b[end], Bytes.WORD) || (b[end] == '-' && end > at))) {
            end++;
        }
        return Math.max(end, at);
    }

    /// Whether these are addresses of fame or of documentation.
    boolean isSample(int start, int end) {
        return SAMPLES.within(b, start, Math.min(to, end + 12));
    }

    /// Where a number in front of the house number begins: some forms have building and house.
    static int numberBefore(byte[] b, int start, int from) {
        int at = start - 1;
        if (at <= from || b[at] != ' ' || !Bytes.is(b[at - 1], Bytes.DIGIT)) {
            return start;
        }
        while (at > from && start - at < 6 && Bytes.is(b[at - 1], Bytes.DIGIT)) {
            at--;
        }
        return at > from && b[at - 1] != ' ' && b[at - 1] != '\n' ? start : at;
    }
}
