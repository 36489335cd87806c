package io.spillway.policy.detect;

/// Parts of addresses that are known by themselves: a room, a military post office, a postcode that
/// is called one.
final class AddressMarks {
    /// Digits of the postcodes looked at here.
    static final int DIGITS = 5;

    private static final int GAP = 8;
    private static final int LINE = 40;
    private static final int LONGEST_ROOM = 16;

    private static final Words ROOMS =
            new Words("apt. ", "apt ", "apartment ", "suite ", "ste. ", "ste ", "flat ", "apt#");
    private static final Words POST = new Words("apo ", "fpo ", "dpo ");
    private static final Words REGIONS = new Words("aa ", "ae ", "ap ");
    private static final Words SHIPS = new Words("psc ", "unit ", "usn", "uss ", "usc", "cmr ");
    private static final Words CODES =
            new Words(
                    "zip code is",
                    "zip code:",
                    "zip is",
                    "zip:",
                    "zipcode is",
                    "zipcode:",
                    "postal code is",
                    "postal code:",
                    "postcode is",
                    "postcode:");

    private final byte[] b;
    private final int from;
    private final int to;

    AddressMarks(byte[] b, int from, int to) {
        this.b = b;
        this.from = from;
        this.to = to;
    }

    /// Whether `Apt. 12` or the like stands there.
    boolean isRoom(int at) {
        return roomEnd(at) > 0;
    }

    /// The end of the room that stands there, or -1.
    int roomEnd(int at) {
        if (at >= to || !ROOMS.isAt(b, at, to)) {
            return -1;
        }
        int i = at;
        while (i < to && i - at < LONGEST_ROOM && !Bytes.is(b[i], Bytes.DIGIT)) {
            if (!Bytes.is(b[i], Bytes.LETTER) && b[i] != '.' && b[i] != ' ' && b[i] != '#') {
                return -1;
            }
            i++;
        }
        int digits = i;
        while (i < to && Bytes.is(b[i], Bytes.WORD)) {
            i++;
        }
        return i > digits ? i : -1;
    }

    /// Whether a room stands behind blanks and signs, also on the next line.
    boolean roomFollows(int end) {
        int at = end;
        while (at < to && at - end < GAP && isGap(b[at])) {
            at++;
        }
        return at > end && isRoom(at);
    }

    static boolean isGap(byte c) {
        return c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '#' || c == '.' || c == '?'
                || c == '>';
    }

    /// Whether a room stands directly before, as in `Suite 12 40 Rincon 9082`.
    boolean isBehindRoom(int start) {
        for (int i = Math.max(from, start - LONGEST_ROOM); i < start - 1; i++) {
            if (ROOMS.isAt(b, i, start) && roomEnd(i) == start - 1) {
                return b[start - 1] == ' ';
            }
        }
        return false;
    }

    /// Adds the address that a number of five digits ends, if it does.
    ///
    /// @return where the pass goes on, -1 for no address
    int number(int start, int end, Candidates found) {
        int region = start - 3;
        int post = start - 7;
        if (post >= from && REGIONS.isAt(b, region, start) && POST.isAt(b, post, start)) {
            found.replace(military(post), end, 74, Candidates.ADDRESS | Candidates.CONTEXT);
            return end;
        }
        int label = Math.max(from, start - Words.LONGEST);
        if (start > from && b[start - 1] == ' ' && CODES.within(b, label, start)) {
            found.replace(start, end, 52, Candidates.ADDRESS);
            return end;
        }
        return -1;
    }

    /// The line above names box, unit or ship.
    private int military(int post) {
        for (int i = Math.max(from, post - LINE); i < post; i++) {
            boolean begins = i == from || !Bytes.is(b[i - 1], Bytes.WORD);
            if (begins && SHIPS.isAt(b, i, post)) {
                return i;
            }
        }
        return post;
    }
}
