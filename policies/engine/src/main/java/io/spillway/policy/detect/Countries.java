package io.spillway.policy.detect;

/// Codes of countries (ISO 3166, and XK as banks use it).
final class Countries {
    private static final String CODES =
            "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICK"
                + "CLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGN"
                + "GPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALB"
                + "LCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONP"
                + "NRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSST"
                + "SVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";
    private static final boolean[] KNOWN = new boolean[26 * 26];

    static {
        for (int i = 0; i < CODES.length(); i += 2) {
            KNOWN[index(CODES.charAt(i), CODES.charAt(i + 1))] = true;
        }
    }

    private Countries() {}

    /// A number for two letters in upper case.
    static int index(char first, char second) {
        return (first - 'A') * 26 + second - 'A';
    }

    static boolean has(char first, char second) {
        return first >= 'A'
                && first <= 'Z'
                && second >= 'A'
                && second <= 'Z'
                && KNOWN[index(first, second)];
    }
}
