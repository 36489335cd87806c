package io.spillway.policy.detect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Where each pass over a text has something to look at, as a bit for each byte: the passes jump
/// from one place to the next, and ordinary words are looked at once for all of them, here.
///
/// The classes of bytes are found eight bytes at a time and without a branch that depends on the
/// text; words and signs are then sorted by [Doors]. Reused for many texts.
final class Outline {
    /// Bytes of the shortest stretch that may be encoded.
    static final int CODE = 12;

    /// Blocks of 64 bytes before and behind a number in which a word may stand that says what it
    /// is: by [Context], and a chain of groups before the word.
    private static final int BLOCKS_BEFORE = 2;

    private static final int BLOCKS_AHEAD = 6;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    /// Gathers the lowest bit of each of eight bytes in the highest byte.
    private static final long GATHER = 0x0102040810204080L;

    private byte[] b = {};
    private int from;
    private int to;

    /// How many of each of the following there are.
    private int size;

    /// Bytes of words: ASCII letters and digits.
    private long[] words = {};

    private long[] digits = {};

    /// Letters of any script, and other characters beyond ASCII.
    private long[] letters = {};

    private long[] starts = {};
    private long[] keywords = {};
    private long[] anchors = {};
    private long[] names = {};
    private long[] pieces = {};
    private long[] addresses = {};
    private long[] codes = {};
    private long[] percents = {};

    private boolean capitals;
    private int signs;

    /// Takes the outline of another text.
    ///
    /// @return itself
    Outline read(byte[] bytes, int start, int end) {
        b = bytes;
        from = start;
        to = end;
        size = blocks(to);
        capitals = false;
        signs = 0;
        if (size > words.length) {
            makeRoom();
        }
        classify();
        for (int w = 0; w < size; w++) {
            long behindPercent = behindPercent(w);
            long escaped = escaped(w, behindPercent);
            words(w, starts[w] & words[w] & ~digits[w] & ~escaped);
            pieces[w] = (pieces[w] | shortWords(w)) & ~escaped;
            // No number of a house stands behind a percent sign.
            names[w] &= ~(behindPercent & digits[w]);
            codes[w] = longRuns(codes[w], w + 1 < size ? codes[w + 1] : 0);
            if (isFarFromLetters(w)) {
                numbersAlone(w);
            }
        }
        return this;
    }

    private void makeRoom() {
        words = new long[size];
        digits = new long[size];
        letters = new long[size];
        starts = new long[size];
        keywords = new long[size];
        anchors = new long[size];
        names = new long[size];
        pieces = new long[size];
        addresses = new long[size];
        codes = new long[size];
        percents = new long[size];
    }

    private void classify() {
        long lastDigit = 0;
        long lastWord = 0;
        long lastLetter = 0;
        for (int w = 0; w < size; w++) {
            int at = from + (w << 6);
            int bytes = Math.min(64, to - at);
            long letter = 0;
            long capital = 0;
            long digit = 0;
            long blank = 0;
            long beyond = 0;
            long lead = 0;
            for (int k = 0; k < bytes; k += 8) {
                long eight = k + 8 <= bytes ? (long) LONGS.get(b, at + k) : rest(at + k);
                long plain = eight & ~HIGH;
                long ascii = ~eight & HIGH;
                letter |= gather(between(plain | 0x20 * EACH, 'a', 'z') & ascii) << k;
                capital |= gather(between(plain, 'A', 'Z') & ascii) << k;
                digit |= gather(between(plain, '0', '9') & ascii) << k;
                blank |= gather(between(plain, ' ', ' ') & ascii) << k;
                beyond |= gather(eight & HIGH) << k;
                lead |= gather(eight & eight << 1 & HIGH) << k;
            }
            long word = letter | digit;
            long start = begins(word, lastWord);
            words[w] = word;
            digits[w] = digit;
            letters[w] = letter | beyond;
            starts[w] = start | lead;
            keywords[w] = begins(letter, lastLetter) | capital | lead;
            anchors[w] = begins(digit, lastDigit) | lead;
            names[w] = start & (capital | digit) | lead;
            pieces[w] = start & digit | lead;
            addresses[w] = lead;
            codes[w] = word;
            capitals |= capital != 0;
            signs |= beyond == 0 ? 0 : Doors.UNUSUAL;
            signs(w, at, ~(word | blank | beyond));
            lastDigit = digit >>> 63;
            lastWord = word >>> 63;
            lastLetter = letter >>> 63;
        }
    }

    /// The last bytes of a text, filled up with blanks.
    private long rest(int at) {
        long eight = ' ' * EACH;
        for (int i = at; i < to; i++) {
            eight ^= ((b[i] & 0xFFL) ^ ' ') << (8 * (i - at));
        }
        return eight;
    }

    /// The highest bit of each byte that lies in the range, for bytes below 128.
    private static long between(long bytes, int first, int last) {
        long notBelow = bytes + (0x80 - first) * EACH;
        long above = bytes + (0x7F - last) * EACH;
        return notBelow & ~above & HIGH;
    }

    private static long gather(long highest) {
        return (highest >>> 7) * GATHER >>> 56;
    }

    private static long begins(long run, long before) {
        return run & ~(run << 1 | before);
    }

    private void words(int w, long begins) {
        int at = from + (w << 6);
        long secret = 0;
        long cue = 0;
        long number = 0;
        long dot = 0;
        for (long left = begins; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int doors = Doors.ofWord(b, at + k, to);
            secret |= bit(doors, Doors.SECRET, k);
            cue |= bit(doors, Doors.NAME, k);
            number |= bit(doors, Doors.NUMBER, k);
            dot |= bit(doors, Doors.ADDRESS, k);
        }
        anchors[w] |= secret;
        names[w] |= cue;
        pieces[w] |= number;
        addresses[w] |= dot;
    }

    private static long bit(int doors, int door, int k) {
        return (doors >>> Integer.numberOfTrailingZeros(door) & 1L) << k;
    }

    private void signs(int w, int at, long others) {
        long secret = 0;
        long address = 0;
        long code = 0;
        long percent = 0;
        int all = 0;
        for (long left = others; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            if (at + k >= to) {
                break;
            }
            int doors = Doors.ofSign(b[at + k]);
            secret |= bit(doors, Doors.SECRET, k);
            address |= bit(doors, Doors.ADDRESS, k);
            code |= bit(doors, Doors.CODE, k);
            percent |= bit(doors, Doors.PERCENT, k);
            all |= doors;
        }
        anchors[w] |= secret;
        addresses[w] |= address;
        codes[w] |= code;
        percents[w] = percent;
        signs |= all & (Doors.UNUSUAL | Doors.ESCAPE);
    }

    /// Words of one or two characters, and those with a digit behind at most three letters.
    private long shortWords(int w) {
        boolean last = w + 1 == size;
        long word = words[w];
        long next = last ? 0 : words[w + 1];
        long digit = digits[w];
        long nextDigit = last ? 0 : digits[w + 1];
        long two = shifted(word, next, 1) & shifted(word, next, 2);
        long number =
                shifted(digit, nextDigit, 1)
                        | shifted(digit, nextDigit, 2)
                        | shifted(digit, nextDigit, 3);
        return starts[w] & word & (~two | number);
    }

    /// Whether no letter is so near that a word could say anything of a number there.
    private boolean isFarFromLetters(int w) {
        long near = 0;
        for (int k = Math.max(0, w - BLOCKS_BEFORE); k < Math.min(size, w + BLOCKS_AHEAD); k++) {
            near |= letters[k];
        }
        return near == 0;
    }

    /// Leaves, of the anchors there, only those of numbers that need no word, and of hardware
    /// addresses.
    private void numbersAlone(int w) {
        int at = from + (w << 6);
        long stay = 0;
        for (long left = anchors[w] & digits[w]; left != 0; left &= left - 1) {
            int i = at + Long.numberOfTrailingZeros(left);
            boolean edge = i - from <= NumberChain.EDGE;
            boolean stays = edge || NumberForms.mayBegin(b, i, window(digits, i));
            stay |= stays ? left & -left : 0;
        }
        for (long left = anchors[w] & ~digits[w]; left != 0; left &= left - 1) {
            int i = at + Long.numberOfTrailingZeros(left);
            stay |= NumberForms.mayPart(b, i, to) ? left & -left : 0;
        }
        anchors[w] = stay;
        names[w] &= ~digits[w];
    }

    /// The bits of 64 bytes from `i` on.
    private long window(long[] bits, int i) {
        int at = i - from;
        int w = at >>> 6;
        long next = (at & 63) == 0 || w + 1 == size ? 0 : bits[w + 1] << -at;
        return bits[w] >>> at | next;
    }

    /// Words of two characters behind a percent sign: what such an escape stands for is read in its
    /// place.
    private long escaped(int w, long behindPercent) {
        long next = w + 1 == size ? 0 : words[w + 1];
        return behindPercent & shifted(words[w], next, 1) & ~shifted(words[w], next, 2);
    }

    private long behindPercent(int w) {
        return percents[w] << 1 | (w == 0 ? 0 : percents[w - 1] >>> 63);
    }

    /// Where [#CODE] bits in a row begin, also inside longer runs.
    private static long longRuns(long run, long next) {
        long two = run & shifted(run, next, 1);
        long nextTwo = next & next >>> 1;
        long four = two & shifted(two, nextTwo, 2);
        long nextFour = nextTwo & nextTwo >>> 2;
        long eight = four & shifted(four, nextFour, 4);
        return eight & shifted(four, nextFour, 8);
    }

    /// Each bit takes the value of the one `by` places on.
    private static long shifted(long bits, long next, int by) {
        return bits >>> by | next << -by;
    }

    /// Whether the text has a capital letter of ASCII.
    boolean hasCapitals() {
        return capitals;
    }

    /// Which of [Doors#UNUSUAL] and [Doors#ESCAPE] the text has.
    int signs() {
        return signs;
    }

    /// The first place at `i` or behind where a word or a character beyond ASCII begins; here and
    /// below the end of the text when there is none.
    int start(int i) {
        return next(starts, i);
    }

    /// The next place before `limit` where a word of [Keywords] may begin: a letter behind
    /// something else, a capital letter or a character beyond ASCII; `limit` when there is none.
    int keyword(int i, int limit) {
        return Math.min(limit, next(keywords, i, blocks(limit)));
    }

    /// The next place where a number or a secret may begin or have its middle.
    int anchor(int i) {
        return next(anchors, i);
    }

    /// The next place where any number may begin or have its middle, also one that needs a word, or
    /// a secret.
    int number(int i) {
        return Math.min(next(digits, i), next(anchors, i));
    }

    /// The next place where a name or an address of a house may begin or be announced.
    int name(int i) {
        return next(names, i);
    }

    /// The next place where something pulled apart may begin.
    int piece(int i) {
        return next(pieces, i);
    }

    /// The next place that may belong to an e-mail address in disguise.
    int address(int i) {
        return next(addresses, i);
    }

    /// The next place where at least [#CODE] bytes of base64, hex or the like stand.
    int code(int i) {
        return next(codes, i);
    }

    private int next(long[] bits, int i) {
        return next(bits, i, size);
    }

    /// How many blocks of 64 bytes reach up to `end`.
    private int blocks(int end) {
        return (end - from + 63) >>> 6;
    }

    private int next(long[] bits, int i, int blocks) {
        int at = i - from;
        int w = at >>> 6;
        if (w >= blocks) {
            return to;
        }
        long left = bits[w] & (-1L << at);
        while (left == 0) {
            if (++w == blocks) {
                return to;
            }
            left = bits[w];
        }
        return from + (w << 6) + Long.numberOfTrailingZeros(left);
    }

    /// Whether the word from `start` to `end` has digits only.
    boolean isNumber(int start, int end) {
        int length = end - start;
        return length >= 64 ? runEnd(digits, start) == end : ~window(digits, start) << -length == 0;
    }

    /// The end of the word with the byte `i`.
    int end(int i) {
        return runEnd(words, i);
    }

    private int runEnd(long[] bits, int i) {
        int at = i - from;
        int w = at >>> 6;
        long left = ~bits[w] & (-1L << at);
        while (left == 0) {
            if (++w == size) {
                return to;
            }
            left = ~bits[w];
        }
        return Math.min(to, from + (w << 6) + Long.numberOfTrailingZeros(left));
    }
}
