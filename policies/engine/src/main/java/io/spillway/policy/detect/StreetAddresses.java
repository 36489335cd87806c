package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.COMMON;
import static io.spillway.policy.detect.Lexicon.PARTICLE;
import static io.spillway.policy.detect.Lexicon.STREET;
import static io.spillway.policy.detect.Lexicon.STREET_FIRST;
import static io.spillway.policy.detect.Lexicon.STREET_WEAK;

/// Street addresses in alphabets with capital letters: a house number before the street, as English
/// and French have it, or behind it, as most of Europe has it.
final class StreetAddresses {
    private static final int LONGEST_NUMBER = 6;
    private static final int MOST_WORDS = 6;
    private static final int REACH_BACK = 72;

    /// A street by nothing but its number in front and a room behind.
    private static final int ROOMED = 54;

    /// What an address is announced by.
    private static final Words AT =
            new Words(
                    "address",
                    "lives ",
                    "live at",
                    "live in",
                    "live on",
                    "living at",
                    "located",
                    "return to",
                    "ship",
                    "deliver",
                    "reside",
                    "moved to",
                    "moving to",
                    "mail to",
                    "is at",
                    "is on",
                    "home:",
                    "home is",
                    "adresse",
                    "anschrift",
                    "wohnt",
                    "wohnhaft",
                    "direcci",
                    "indirizzo",
                    "endere",
                    "street:",
                    "billing",
                    "send it to",
                    "sent to",
                    "property",
                    "visit us",
                    "pick up at",
                    "house at",
                    "flat at",
                    "apartment at",
                    "home at",
                    "office at",
                    "office:",
                    "location:",
                    "premises",
                    "invoice to",
                    "bill to",
                    "corner of",
                    "addr:",
                    "meet at",
                    "based at",
                    "come to",
                    "staying at");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Candidates found;
    private final Lexicon lexicon = Lexicon.builtIn();
    private final Word word;
    private final AddressTail tail;
    private final AddressMarks marks;
    private final AddressLines lines;

    StreetAddresses(byte[] b, int from, int to, Candidates found) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.found = found;
        this.word = new Word(b, to);
        this.tail = new AddressTail(b, to);
        this.marks = new AddressMarks(b, from, to);
        this.lines = new AddressLines(b, marks);
    }

    /// Whether an address begins with the number there.
    ///
    /// @return where the pass goes on
    int number(int start, int end) {
        int mark = end - start == AddressMarks.DIGITS ? marks.number(start, end, found) : -1;
        if (mark > 0) {
            return mark;
        }
        boolean letters = end - start > 1 && Bytes.is(b[end - 2], Bytes.LETTER);
        if (end - start > LONGEST_NUMBER || letters || !isFree(start)) {
            return end;
        }
        int at = afterNumber(end);
        if (at < 0 || !(word.read(at) || Bytes.is(b[at], Bytes.DIGIT))) {
            return end;
        }
        int street = streetBehind(at, start);
        return street > 0 ? Math.max(end, street) : end;
    }

    /// Nothing hangs on the number's front, as in prices, versions and dates.
    private boolean isFree(int start) {
        if (start == from) {
            return true;
        }
        byte c = b[start - 1];
        return c == ' ' || c == '\n' || c == '\t' || c == ',' || c == '(' || c == ':' || c == '"'
                || c == '#' || c == '>' || c == '|' || c == '\'';
    }

    /// Where the street's name begins behind a number such as `12`, `12-14`, `3/1`, `12,` or -1.
    private int afterNumber(int end) {
        int at = end;
        if (at + 1 < to && (b[at] == '-' || b[at] == '/') && Bytes.is(b[at + 1], Bytes.DIGIT)) {
            at++;
            int digits = at;
            while (at < to && at - digits < 5 && Bytes.is(b[at], Bytes.WORD)) {
                at++;
            }
        }
        if (at < to && b[at] == ',') {
            at++;
        }
        return at + 1 < to && b[at] == ' ' ? at + 1 : -1;
    }

    /// Reads the words behind a house number until one tells a street.
    ///
    /// @return the end of the address, -1 when there is none
    private int streetBehind(int at, int start) {
        boolean capitals = true;
        boolean plain = false;
        int words = 0;
        boolean ordinal = false;
        boolean hadCapital = false;
        boolean comma = b[at - 2] == ',';
        for (int k = 0; k < MOST_WORDS; k++) {
            if (at < to && Bytes.is(b[at], Bytes.DIGIT)) {
                int after = ordinal(at);
                if (after < 0) {
                    return k > 0 ? twoNumbers(start, at, capitals, plain) : -1;
                }
                ordinal = true;
                words++;
                at = after;
                continue;
            }
            if (!word.read(at)) {
                return -1;
            }
            int flags = lexicon.of(word.hash);
            int end = word.end;
            if (hadCapital && capitals && marks.isRoom(at)) {
                return add(start, at - 1, ROOMED);
            }
            if (k == 0 && (flags & STREET_FIRST) != 0 && hasName(end)) {
                return add(start, nameEnd(end), 66);
            }
            boolean compound = (word.upper || k == 0) && isCompound(word) && (flags & COMMON) == 0;
            if (compound || ((flags & STREET) != 0 && words > 0)) {
                boolean mixed = capitals && !word.upper && !ordinal && hadCapital;
                int score = mixed || comma ? 0 : strength(flags, capitals || compound, plain);
                score = compound && (word.upper || !mixed) ? 62 : score;
                int whole = score > 0 ? ended(start, end, score) : -1;
                if (whole > 0) {
                    return whole;
                }
            }
            boolean capital = word.upper || ordinal;
            hadCapital |= word.upper;
            capitals &= capital || (flags & PARTICLE) != 0;
            plain |= (flags & (COMMON | Lexicon.AT | Lexicon.SAYS)) != 0 && !capital;
            words++;
            if (plain && words > 1) {
                return -1;
            }
            at = end < to && b[end] == '.' && word.length <= 4 ? end + 1 : end;
            if (at >= to || b[at] != ' ') {
                boolean roomed = hadCapital && capitals && !comma && marks.roomFollows(at);
                return roomed ? add(start, at, ROOMED) : -1;
            }
            at++;
        }
        return -1;
    }

    /// Adds the address whose street ends there, unless another word of streets follows.
    private int ended(int start, int end, int score) {
        int next = end < to && b[end] == '.' ? end + 1 : end;
        return isStreetNext(next) ? -1 : add(start, next, score);
    }

    /// In `St James Street` the first is no end.
    private boolean isStreetNext(int at) {
        if (at + 1 >= to || b[at] != ' ' || !word.read(at + 1) || !word.upper) {
            return false;
        }
        return (lexicon.of(word.hash) & STREET) != 0;
    }

    private static int strength(int flags, boolean capitals, boolean plain) {
        if (plain) {
            return 0;
        }
        boolean weak = (flags & STREET_WEAK) != 0;
        return capitals ? weak ? 58 : 66 : weak ? 0 : 52;
    }

    /// `5th`, `42nd`: the end with the blank behind it, or -1.
    private int ordinal(int at) {
        int i = at;
        while (i < to && Bytes.is(b[i], Bytes.DIGIT)) {
            i++;
        }
        if (i + 2 >= to || !word.read(i) || b[word.end >= to ? to - 1 : word.end] != ' ') {
            return -1;
        }
        boolean ordinal = word.is("th") || word.is("st") || word.is("nd") || word.is("rd");
        return ordinal ? word.end + 1 : -1;
    }

    /// `46 Velky pruhon 426`: house number, street, second number; only where an address is due.
    private int twoNumbers(int start, int at, boolean capitals, boolean plain) {
        int end = at;
        while (end < to && Bytes.is(b[end], Bytes.DIGIT)) {
            end++;
        }
        if (end - at > 5 || plain) {
            return -1;
        }
        if (marks.roomFollows(end) || marks.isBehindRoom(start)) {
            return add(start, end, ROOMED);
        }
        boolean counts = word.length > 3 && announced(start);
        return counts ? add(start, end, capitals ? 46 : 42) : -1;
    }

    private boolean announced(int start) {
        return AT.within(b, Math.max(from, start - REACH_BACK), start);
    }

    private boolean hasName(int end) {
        return nameEnd(end) > end;
    }

    /// The end of a street's name behind its first word: particles and capitalised words.
    private int nameEnd(int end) {
        int at = end;
        int last = end;
        for (int k = 0; k < 5 && at + 1 < to && b[at] == ' ' && word.read(at + 1); k++) {
            boolean particle = (lexicon.of(word.hash) & PARTICLE) != 0 || word.length <= 3;
            if (!word.upper && !particle) {
                break;
            }
            at = word.end;
            last = word.upper ? at : last;
        }
        return last;
    }

    /// Whether the capitalised words there are a street with its number behind, as in `Hauptstraße
    /// 12`, `Via Roma 5`, `ulica Nowy Świat 7`.
    ///
    /// @param run the words, as far as they could be a name
    /// @return where the pass goes on
    int street(NameRun run, int start, int end) {
        for (int k = 0; k < run.size; k++) {
            if (run.isStreet(k)) {
                return behind(start, run.ends[k], 64, end);
            }
            if ((run.flags[k] & STREET_FIRST) != 0 && hasName(run.ends[k])) {
                return behind(run.starts[k], nameEnd(run.ends[k]), 64, end);
            }
        }
        // Hauptstr.5 is no name.
        boolean street = run.size == 0 && word.read(start) && isStreet(word);
        return street ? behind(start, word.end, 64, end) : box(start, end);
    }

    /// A street's name that ends in its kind: Hauptstraße, Kerkstraat, Storgatan.
    static boolean isStreet(Word word) {
        return isCompound(word) && (Lexicon.builtIn().of(word.hash) & COMMON) == 0;
    }

    private int behind(int start, int end, int score, int otherwise) {
        int at = end;
        if (at < to && b[at] == ',') {
            at++;
        }
        while (at < to && at - end < 3 && b[at] == ' ') {
            at++;
        }
        if (at + 3 < to && b[at] == 'N' && (b[at + 1] == 'r' || b[at + 1] == 'o')) {
            at += b[at + 2] == '.' ? 3 : 2;
            at += b[at] == ' ' ? 1 : 0;
        }
        int digits = at;
        while (at < to && at - digits < 5 && Bytes.is(b[at], Bytes.DIGIT)) {
            at++;
        }
        boolean number = at > digits && at - digits < 5 && at > end;
        if (number) {
            return Math.max(otherwise, add(start, at, score));
        }
        return announced(start) ? Math.max(otherwise, add(start, end, 40)) : otherwise;
    }

    /// `PO Box 123`, `P.O. Box 12`.
    private int box(int start, int end) {
        boolean mayBe = b[start] == 'P' || b[start] == 'p';
        if (!mayBe || !word.read(start) || word.length > 2) {
            return end;
        }
        int at = start + 1;
        while (at < to
                && at - start < 6
                && (b[at] == '.' || b[at] == 'O' || b[at] == 'o' || b[at] == ' ')) {
            at++;
        }
        if (!word.read(at) || !word.is("box") || word.end + 1 >= to) {
            return end;
        }
        int number = word.end + 1;
        return Bytes.is(b[number], Bytes.DIGIT)
                ? Math.max(end, add(start, tail.digits(number), 60))
                : end;
    }

    private static boolean isCompound(Word word) {
        return word.length >= 6 && word.length <= Word.LONGEST && StreetEndings.has(word);
    }

    private int add(int start, int end, int score) {
        int whole = tail.extend(end);
        boolean announced = announced(start);
        int first = marks.isBehindRoom(start) ? start : AddressTail.numberBefore(b, start, from);
        int sum = score + (announced ? 14 : 0) + (whole > end ? 6 : 0);
        if (tail.isSample(start, end)) {
            sum = Math.min(sum, 42);
        }
        int kind = Candidates.ADDRESS | (announced || tail.postcode() ? Candidates.CONTEXT : 0);
        kind |= announced && tail.postcode() ? Candidates.FIRM : 0;
        lines.add(first, whole, sum, kind, found);
        return whole;
    }
}
