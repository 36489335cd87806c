package io.spillway.policy.detect;

/// The pass over one string: finds anchors and asks the validators that they call for.
final class Scanner {
    private static final int NUMBER = 1;
    private static final int WORD = 2;
    private static final int AT = 3;
    private static final int COLON = 4;
    private static final int EQUALS = 5;
    private static final int DASH = 6;
    private static final int WIDE = 7;
    private static final int ANGLE = 8;
    private static final int COMMA = 9;
    private static final int BAR = 10;
    private static final int TILDE = 11;
    private static final int HAN = 12;
    private static final int DOT = 13;

    /// The signs among the anchors.
    static final String SIGNS = "@:=->,|~.";

    private static final byte[] ANCHORS = anchors();

    private final byte[] b;
    private final int from;
    private final int to;
    private final Outline outline;
    private final Hits hits;
    private final Numbers numbers;

    /// Where the last match ended: no later one reaches back beyond it.
    private int floor;

    /// @param numbers turns to this text; whoever scans many texts keeps it
    Scanner(Numbers numbers, byte[] bytes, int from, int to, Outline outline, Hits hits) {
        this.b = bytes;
        this.from = from;
        this.to = to;
        this.outline = outline;
        this.hits = hits;
        this.numbers = numbers;
        this.floor = from;
        numbers.begin(bytes, from, to, outline);
    }

    private static byte[] anchors() {
        var anchors = new byte[256];
        for (int i = 0; i < 128; i++) {
            if (Bytes.is((byte) i, Bytes.DIGIT)) {
                anchors[i] = NUMBER;
            } else if (Bytes.is((byte) i, Bytes.LETTER)) {
                anchors[i] = WORD;
            }
        }
        anchors['.'] = DOT;
        anchors['@'] = AT;
        anchors[':'] = COLON;
        anchors['='] = EQUALS;
        anchors['-'] = DASH;
        anchors[0xEF] = WIDE;
        anchors['>'] = ANGLE;
        anchors[','] = COMMA;
        anchors['|'] = BAR;
        anchors['~'] = TILDE;
        // the first byte of the Chinese words for password, key and token
        anchors[0xE5] = HAN;
        anchors[0xE4] = HAN;
        return anchors;
    }

    void run() {
        if (!hits.spend(to - from)) {
            return;
        }
        int i = outline.anchor(from);
        while (i < to) {
            int anchor = ANCHORS[b[i] & 0xFF];
            int next = anchor == 0 ? i + 1 : look(anchor, i);
            // A value may end inside a number, whose rest is then looked at by itself.
            while (next < to && Utf8.isContinuation(b[next])) {
                next++;
            }
            if (next >= to || !(Bytes.is(b[next], Bytes.DIGIT) || Utf8.isLead(b[next]))) {
                boolean listed = next <= numbers.listEnd();
                next = listed ? outline.number(next) : outline.anchor(next);
            }
            i = next;
        }
    }

    private int look(int anchor, int i) {
        return switch (anchor) {
            case NUMBER -> number(i);
            case WORD -> word(i);
            case AT -> found(Emails.find(b, floor, i, to, hits), i + 1);
            case COLON -> colon(i);
            case EQUALS -> found(Credentials.find(b, floor, i, to, hits), i + 1);
            case WIDE -> wide(i);
            default -> found(secret(anchor, i), i + 1);
        };
    }

    /// Anchors that are mostly of secrets.
    private int secret(int anchor, int i) {
        return switch (anchor) {
            case DASH -> dash(i);
            case ANGLE ->
                    Credentials.isElement(b, i, floor)
                            ? Credentials.find(b, floor, i, to, hits)
                            : -1;
            case COMMA ->
                    Credentials.isArgument(b, i, floor, to)
                            ? Credentials.find(b, floor, i, to, hits)
                            : -1;
            case BAR -> bar(i);
            case TILDE -> InnerTokens.azure(b, floor, i, to, hits);
            case DOT -> dot(i);
            case HAN -> Spoken.findChinese(b, i, to, hits);
            default -> -1;
        };
    }

    private int dash(int i) {
        int end = MacAddresses.find(b, floor, i, to, hits);
        end = end > 0 ? end : PrivateKeys.find(b, i, to, hits);
        end = end > 0 ? end : InnerTokens.mailchimp(b, floor, i, to, hits);
        if (end < 0 && Credentials.isDash(b, i, floor, to)) {
            end = Credentials.find(b, floor, i, to, hits);
        }
        return end > 0 ? end : Spoken.findFlag(b, floor, i, to, hits);
    }

    /// Behind the first group of a MAC address such as `beef.0123.4567`.
    private int dot(int i) {
        int start = i - 4;
        boolean dotted = start >= floor && i + 5 < to && b[i + 5] == '.';
        return dotted && begins(start) && isLetters(start, i)
                ? MacAddresses.find(b, floor, i, to, hits)
                : -1;
    }

    private int bar(int i) {
        boolean or = i > floor && b[i - 1] == '|';
        if (or) {
            return Credentials.find(b, floor, i - 1, to, hits);
        }
        int end = InnerTokens.facebook(b, from, i, to, hits);
        return end < 0 && Credentials.isCell(b, i, floor)
                ? Credentials.find(b, floor, i, to, hits)
                : end;
    }

    private int number(int i) {
        int escape = escapeEnd(i);
        if (escape > 0) {
            return escape;
        }
        if (begins(i)) {
            int token = Tokens.find(b, i, to, hits);
            if (token > 0) {
                return found(token, token);
            }
        }
        int before = hits.size();
        int end = numbers.find(i, hits);
        floor = hits.size() > before ? end : floor;
        return end;
    }

    /// The end of an escape such as `%20` or `%e4` that all the digits there belong to, or -1. What
    /// it stands for is scanned in its place by another reading.
    private int escapeEnd(int i) {
        int percent = i > from && b[i - 1] == '%' ? i - 1 : i - 2;
        int end = percent + 3;
        boolean escape =
                percent >= from
                        && end <= to
                        && b[percent] == '%'
                        && Bytes.isHex(b[percent + 1])
                        && Bytes.isHex(b[percent + 2]);
        boolean alone = end >= to || b[end] == '%' || Bytes.is(b[end], Bytes.LETTER);
        return escape && alone ? end : -1;
    }

    private int word(int i) {
        if (!begins(i)) {
            return i + 1;
        }
        int end = Tokens.find(b, i, to, hits);
        end = end > 0 ? end : Spoken.find(b, floor, i, to, hits);
        return end > 0 ? found(end, end) : plainWord(i);
    }

    /// A bank's code.
    private int plainWord(int i) {
        if (i + 7 < to && Bytes.is(b[i + 7], Bytes.UPPER)) {
            int end = i + (i + 8 < to && Bytes.is(b[i + 8], Bytes.WORD) ? 11 : 8);
            boolean whole = end == to || end < to && !Bytes.is(b[end], Bytes.WORD);
            if (whole && isLetters(i, end)) {
                return found(numbers.findSwift(i, end, hits), end);
            }
        }
        return i + 1;
    }

    private boolean isLetters(int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Bytes.is(b[i], Bytes.LETTER)) {
                return false;
            }
        }
        return true;
    }

    private boolean begins(int i) {
        return i == from || (!Bytes.is(b[i - 1], Bytes.WORD) && b[i - 1] != '_');
    }

    private int colon(int i) {
        boolean url = i + 2 < to && b[i + 1] == '/' && b[i + 2] == '/';
        int end =
                url
                        ? UrlCredentials.find(b, floor, i, to, hits)
                        : MacAddresses.find(b, floor, i, to, hits);
        if (end < 0 && !url && !isAssignment(i)) {
            end = Ipv6Addresses.find(b, floor, i, to, hits);
        }
        end = end > 0 ? end : InnerTokens.telegram(b, from, i, to, hits);
        if (end < 0) {
            end = Credentials.find(b, floor, i, to, hits);
        }
        return found(end, i + 1);
    }

    /// `::=` of makefiles.
    private boolean isAssignment(int i) {
        return i + 2 < to && b[i + 1] == ':' && (b[i + 2] == '=' || b[i + 2] == ':');
    }

    /// The full-width colon, U+FF1A, which Chinese puts between a name and its value.
    private int wide(int i) {
        boolean colon = i + 2 < to && (b[i + 1] & 0xFF) == 0xBC && (b[i + 2] & 0xFF) == 0x9A;
        return colon ? found(Credentials.find(b, floor, i + 2, to, hits), i + 3) : i + 1;
    }

    private int found(int end, int otherwise) {
        if (end > 0) {
            floor = end;
            return end;
        }
        return otherwise;
    }
}
