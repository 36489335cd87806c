package io.spillway.policy.detect;

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

    private StreetEndings() {}

    static boolean has(Word word) {
        for (var ending : ENDINGS) {
            if (word.endsWith(ending)) {
                int least = ending.length() <= SHORT ? ending.length() + 5 : ending.length() + 2;
                return word.length >= least;
            }
        }
        return false;
    }
}
