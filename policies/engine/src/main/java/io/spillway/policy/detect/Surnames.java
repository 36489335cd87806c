package io.spillway.policy.detect;

/// Endings and beginnings that make a word a surname in many languages.
final class Surnames {
    private static final String[] ENDINGS = {
        "sson", "dottir", "nsen", "rsen", "ssen", "lsen", "dsen", "ksen", "tsen", "wski", "nski",
        "lski", "cki", "dzki", "wska", "nska", "cka", "skij", "skiy", "sky", "skaya", "ova", "eva",
        "ina", "ov", "ev", "enko", "chuk", "czuk", "czyk", "wicz", "vich", "vic", "poulos",
        "poulou", "idis", "iadis", "akis", "aki", "escu", "eanu", "mann", "stein", "berg", "burger",
        "quist", "qvist", "strom", "gren", "lund", "blom", "oglu", "oglou", "zadeh", "shvili",
        "adze", "nen", "ainen", "enez", "inez", "ndez", "guez", "alez", "irez", "etti", "elli",
        "ucci", "acci", "ardi", "yan", "ian", "wala", "moto", "mura", "kawa", "yama", "saki",
        "zaki", "hara", "swamy", "appa", "ckx", "stra", "sma", "huis", "meijer", "meyer", "maier",
        "bauer", "hausen", "feld", "thal", "bach", "ska", "czak", "siak", "niak", "szek", "hoff",
        "witz", "auskas", "evicius", "avicius", "aite", "iello", "ellini", "ettini"
    };
    private static final String[] WEAK = {
        "ina", "ov", "ev", "aki", "ian", "yan", "nen", "vic", "hara"
    };
    private static final String[] CAMEL = {
        "mc", "mac", "de", "le", "la", "van", "von", "di", "da", "du", "fitz", "o'", "d'", "l'",
        "al-", "el-", "ben-", "bar-", "st"
    };

    private static final String[][] BY_LAST = StreetEndings.byLast(ENDINGS);

    private Surnames() {}

    static boolean isShaped(Word word) {
        if (word.length < 5 || word.length > Word.LONGEST) {
            return false;
        }
        if (word.startsWith("o'") || word.startsWith("d'") || word.startsWith("mc")) {
            return true;
        }
        if (word.endsWith("ic") && word.isAccented()) {
            return true;
        }
        for (var ending : BY_LAST[word.folded[word.length - 1] & 127]) {
            if (word.endsWith(ending)) {
                return word.length >= ending.length() + 3 && (word.length >= 7 || !isWeak(ending));
            }
        }
        return false;
    }

    /// What stands behind a name and is no part of it: a degree, or which of a family it is.
    static boolean isSuffix(Word word) {
        return switch (word.length) {
            case 2 -> word.is("md") || word.is("jr") || word.is("sr") || word.is("ii");
            case 3 ->
                    word.is("phd")
                            || word.is("dvm")
                            || word.is("dds")
                            || word.is("iii")
                            || word.is("esq");
            default -> false;
        };
    }

    private static boolean isWeak(String ending) {
        for (var weak : WEAK) {
            if (weak.equals(ending)) {
                return true;
            }
        }
        return false;
    }

    /// Capitals inside that names have: McDonald, DeVito, O'Brien, Jean-Luc.
    static boolean isCamelName(Word word) {
        for (var beginning : CAMEL) {
            if (word.startsWith(beginning)) {
                return true;
            }
        }
        for (int k = 0; k < word.length && k < Word.LONGEST; k++) {
            if (word.folded[k] == '-' || word.folded[k] == '\'') {
                return true;
            }
        }
        return false;
    }
}
