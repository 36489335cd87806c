package io.spillway.policy.detect;

/// Pieces of one number that somebody may have pulled apart: digits, and words or Chinese numerals
/// for them, with short gaps between.
final class Chain {
    static final int MOST = 64;

    final int[] start = new int[MOST];
    final int[] end = new int[MOST];

    /// The digit that a word stands for, [NumberWords#NONE] when the piece is digits.
    final int[] digit = new int[MOST];

    /// How many times the digit is meant.
    final int[] times = new int[MOST];

    int size;

    /// Pieces that stand for words.
    private int spelled;

    /// Pieces of one digit each, or words for digits, at the end of the chain, and most in a row.
    private int ones;

    private int mostOnes;

    /// Whether the chain goes on beyond what fits, on either side.
    boolean openLeft;

    boolean openRight;
    int pending = 1;

    void clear() {
        size = 0;
        spelled = 0;
        ones = 0;
        mostOnes = 0;
        openLeft = false;
        openRight = false;
        pending = 1;
    }

    void add(int from, int to, int value) {
        start[size] = from;
        end[size] = to;
        digit[size] = value;
        times[size] = pending;
        pending = 1;
        boolean word = value != NumberWords.NONE;
        spelled += word ? 1 : 0;
        ones = word || to - from == 1 ? ones + times[size] : 0;
        mostOnes = Math.max(mostOnes, ones);
        size++;
    }

    /// Whether so many pieces are words, or so many digits in a row stand alone.
    boolean hasSingles(int words, int digits) {
        return spelled >= words || mostOnes >= digits;
    }

    /// Digits that the piece stands for.
    int length(int piece) {
        return digit[piece] == NumberWords.NONE ? end[piece] - start[piece] : times[piece];
    }

    boolean isSpelled(int piece) {
        return digit[piece] != NumberWords.NONE;
    }

    int digits(int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += length(i);
        }
        return digits;
    }

    /// Whether the gaps behind two pieces are the same, byte by byte.
    boolean sameGap(byte[] b, int one, int other) {
        int length = start[one + 1] - end[one];
        if (start[other + 1] - end[other] != length) {
            return false;
        }
        for (int k = 0; k < length; k++) {
            if (b[end[one] + k] != b[end[other] + k]) {
                return false;
            }
        }
        return true;
    }
}
