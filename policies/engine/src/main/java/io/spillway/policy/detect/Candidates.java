package io.spillway.policy.detect;

import java.util.Arrays;

/// Possible persons and addresses of one text until all of the text has been seen.
final class Candidates {
    /// A single given name, which needs someone else or other personal data near it.
    static final int SINGLE = 1;

    /// Something in the words around says that this is a person or an address.
    static final int CONTEXT = 2;

    static final int ADDRESS = 4;

    /// Raises by what it is, wherever it stands.
    static final int FIRM = 8;

    /// A public figure or a character.
    static final int FAMOUS = 16;

    /// A single word that no list has, at the beginning of a sentence.
    static final int UNKNOWN = 32;

    /// A single word that some list has as a name.
    static final int KNOWN = 64;

    /// A single word that is known as a surname only.
    static final int SURNAME = 128;

    /// What weighs less is nobody, whatever stands beside it.
    static final int LEAST = 20;

    private int size;
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int[] scores = new int[8];
    private int[] kinds = new int[8];

    /// @param score confidence in hundredths, before other findings are considered
    void add(int start, int end, int score, int kind) {
        if (score < LEAST || end <= start) {
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            scores = Arrays.copyOf(scores, size * 2);
            kinds = Arrays.copyOf(kinds, size * 2);
        }
        starts[size] = start;
        ends[size] = end;
        scores[size] = score;
        kinds[size] = kind;
        size++;
    }

    /// Adds one that stands for all that began inside it.
    void replace(int start, int end, int score, int kind) {
        while (score >= 50 && size > 0 && starts[size - 1] >= start) {
            size--;
        }
        add(start, end, score, kind);
    }

    /// Gives one of them more weight.
    void raise(int i, int least) {
        scores[i] = Math.max(scores[i], least);
    }

    int size() {
        return size;
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    int score(int i) {
        return scores[i];
    }

    boolean is(int i, int kind) {
        return (kinds[i] & kind) != 0;
    }

    /// Where the last one ends, 0 when there is none.
    int lastEnd() {
        return size == 0 ? 0 : ends[size - 1];
    }
}
