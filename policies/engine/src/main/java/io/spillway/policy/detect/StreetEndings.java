package io.spillway.policy.detect;

import java.util.Arrays;

/// Endings of streets' names that are one word.
final class StreetEndings {
    private static final String[] ENDINGS = {
        "strasse",
        "strase",
        "strase",
        "str",
        "gasse",
        "gassli",
        "weg",
        "allee",
        "platz",
        "damm",
        "ufer",
        "ring",
        "steig",
        "chaussee",
        "straat",
        "laan",
        "plein",
        "gracht",
        "kade",
        "dijk",
        "singel",
        "gade",
        "gata",
        "gatan",
        "vagen",
        "vegen",
        "veien",
        "vej",
        "stien",
        "alle",
        "katu",
        "kuja",
        "polku",
        "stigen",
        "grand",
        "utca"
    };

    /// Endings that ordinary and family names have too, so that a longer word is asked for.
    private static final int SHORT = 4;

    private static final String[][] BY_LAST = byLast(ENDINGS);

    private StreetEndings() {}

    /// The endings under their last letter.
    static String[][] byLast(String[] endings) {
        var byLast = new String[128][];
        for (int c = 0; c < 128; c++) {
            int letter = c;
            byLast[c] =
                    Arrays.stream(endings)
                            .filter(it -> it.charAt(it.length() - 1) == letter)
                            .toArray(String[]::new);
        }
        return byLast;
    }

    /// English words in -ing end as the German Ring does.
    private static boolean isGerund(Word word) {
        return word.endsWith("ering")
                || word.endsWith("uring")
                || word.endsWith("oring")
                || word.endsWith("aring")
                || word.endsWith("iring");
    }

    static boolean has(Word word) {
        int last = word.folded[word.length - 1] & 127;
        for (var ending : BY_LAST[last]) {
            if (word.endsWith(ending)) {
                int least = ending.length() <= SHORT ? ending.length() + 5 : ending.length() + 2;
                return word.length >= least && !isGerund(word);
            }
        }
        return false;
    }
}
