package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.ANY_NAME;
import static io.spillway.policy.detect.Lexicon.COMMON;
import static io.spillway.policy.detect.Lexicon.FAMOUS;
import static io.spillway.policy.detect.Lexicon.GIVEN;
import static io.spillway.policy.detect.Lexicon.PLACE;
import static io.spillway.policy.detect.Lexicon.SURNAME;

/// The words of a run that may be one name, and what they say by themselves.
///
/// @param first of the run's words
/// @param last behind the last of them
/// @param title whether a title such as Dr. stands before it
/// @param lower without capitals
/// @param cut whether other capitalised words follow
record NameParts(NameRun run, int first, int last, boolean title, boolean lower, boolean cut) {

    int start() {
        return run.starts[first];
    }

    int end() {
        return run.ends[last - 1];
    }

    int size() {
        return last - first;
    }

    /// What is known of the first word.
    int flags() {
        return run.flags[first];
    }

    /// Whether some list has the first word as a name.
    boolean isKnown() {
        return (flags() & ANY_NAME) != 0;
    }

    boolean isGiven() {
        return (flags() & GIVEN) != 0;
    }

    boolean isCapitals() {
        return run.isCapitals(first, last);
    }

    /// Whether the first word means nothing else than a name.
    boolean isClear() {
        return isClear(flags());
    }

    private static boolean isClear(int flags) {
        return (flags & (COMMON | PLACE)) == 0;
    }

    /// Given name and surname that mean nothing else.
    boolean isFull() {
        return words() > 1 && isGiven() && isClear() && isClear(run.flags[last - 1]);
    }

    /// How many words there are, initials aside.
    int words() {
        int words = 0;
        for (int k = first; k < last; k++) {
            words += isInitial(k) ? 0 : 1;
        }
        return words;
    }

    private boolean isInitial(int k) {
        return run.length(k) == 1;
    }

    boolean isFamous(Lexicon lexicon) {
        for (int k = Math.max(1, first); k < last; k++) {
            if (lexicon.isFamous(run.hashes[k - 1], run.hashes[k])) {
                return true;
            }
        }
        return (run.flags[last - 1] & FAMOUS) != 0
                || (size() > 2 && lexicon.isFamous(run.hashes[first], run.hashes[last - 1]));
    }

    /// How much the words weigh.
    ///
    /// @param opens whether a sentence begins with them, where every word has a capital
    int weight(boolean opens) {
        int words = words();
        if (words == 0) {
            return 0;
        }
        if (words == 1) {
            return size() > 1 ? withInitials(opens) : one(opens);
        }
        int weight = several();
        weight += size() > words || run.particle ? 8 : 0;
        return words > 3 ? weight - 12 : weight;
    }

    private int several() {
        int family = family();
        boolean surname = (family & SURNAME) != 0;
        boolean sure = surname && isClear(family);
        if (isGiven() && isClear()) {
            return sure ? 62 : surname || !isPlural() ? 58 : 32;
        }
        if (isGiven()) {
            return sure ? 50 : 42;
        }
        // By its letters an unknown word before a surname is no English one.
        boolean foreign = flags() == 0 && run.isAccented(first, last);
        return sure ? foreign ? 52 : 42 : 22;
    }

    /// What is known of the last word that is no initial.
    private int family() {
        int k = last - 1;
        while (isInitial(k)) {
            k--;
        }
        return run.flags[k];
    }

    /// An unknown plural: more often things than a surname.
    private boolean isPlural() {
        int k = last - 1;
        return run.flags[k] == 0 && run.isPlural(k);
    }

    private int withInitials(boolean opens) {
        if (!isInitial(first)) {
            return one(opens);
        }
        int family = family();
        return (family & SURNAME) != 0 && isClear(family) ? 50 : 25;
    }

    private int one(boolean opens) {
        boolean surname = (flags() & SURNAME) != 0;
        if (isClear()) {
            return isGiven() ? 38 : surname ? 30 : 22;
        }
        if (!isGiven()) {
            return surname ? 15 : 22;
        }
        // Inside a sentence the capital tells that no ordinary word is meant.
        boolean capital = !opens && !lower && (flags() & (PLACE | Lexicon.GRAMMAR)) == 0;
        return capital ? 30 : 20;
    }
}
