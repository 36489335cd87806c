package io.spillway.policy.detect;

/// The words that may be one name, reused for every run.
final class NameRun {
    private static final int CAPACITY = 12;

    int size;
    boolean particle;
    final int[] starts = new int[CAPACITY];
    final int[] ends = new int[CAPACITY];
    final int[] flags = new int[CAPACITY];
    final long[] hashes = new long[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private final boolean[] accented = new boolean[CAPACITY];
    private final boolean[] plural = new boolean[CAPACITY];
    private final boolean[] capitals = new boolean[CAPACITY];
    private final boolean[] streets = new boolean[CAPACITY];

    void clear() {
        size = 0;
        particle = false;
    }

    void add(Word word, int wordFlags) {
        if (size == CAPACITY) {
            return;
        }
        starts[size] = word.start;
        ends[size] = word.end;
        flags[size] = wordFlags;
        hashes[size] = word.hash;
        lengths[size] = word.length;
        capitals[size] = word.allUpper && word.length > 1;
        accented[size] = word.isAccented();
        plural[size] = isPlural(word);
        streets[size] = StreetAddresses.isStreet(word);
        size++;
    }

    int length(int k) {
        return lengths[k];
    }

    boolean isAccented(int first, int last) {
        for (int k = first; k < last; k++) {
            if (accented[k]) {
                return true;
            }
        }
        return false;
    }

    /// Whether the word has the form of an English plural.
    boolean isPlural(int k) {
        return plural[k];
    }

    /// Hardly any of those end in -as, -is, -os or -us, which many surnames do.
    private static boolean isPlural(Word word) {
        if (!word.endsWith("s") || word.length < 2 || word.isAccented()) {
            return false;
        }
        char before = word.folded[word.length - 2];
        return "aious".indexOf(before) < 0;
    }

    /// Whether the word ends as streets do.
    boolean isStreet(int k) {
        return streets[k];
    }

    /// Whether all of the words, initials aside, are in capitals.
    boolean isCapitals(int first, int last) {
        boolean any = false;
        for (int k = first; k < last; k++) {
            if (lengths[k] > 1 && !capitals[k]) {
                return false;
            }
            any |= lengths[k] > 1;
        }
        return any;
    }
}
