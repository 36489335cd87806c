package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// International bank account numbers: a country's length and the remainder modulo 97 (ISO 13616).
final class Ibans {
    private static final double CONFIDENCE = 0.95;
    private static final double WRONG_CHECK_DIGITS = 0.3;
    private static final int LONGEST = 34;

    /// Lengths by country, from the registry of SWIFT.
    private static final byte[] LENGTHS = lengths();

    private static byte[] lengths() {
        var table =
                "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24"
                        + " DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23"
                        + " GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28"
                        + " LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30"
                        + " NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31"
                        + " SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24"
                        + " XK20 YE30";
        var lengths = new byte[26 * 26];
        for (var entry : table.split(" ")) {
            lengths[Countries.index(entry.charAt(0), entry.charAt(1))] =
                    Byte.parseByte(entry.substring(2));
        }
        return lengths;
    }

    private Ibans() {}

    /// @param i index of the first check digit, behind the two letters of the country
    /// @return where the scan goes on, -1 when there is no IBAN
    static int find(byte[] b, int from, int i, int to, Hits hits) {
        int start = i - 2;
        if (start < from
                || !is(b[start], LETTER)
                || !is(b[start + 1], LETTER)
                || (start > from && is(b[start - 1], WORD))
                || i + 2 > to
                || !is(b[i + 1], DIGIT)) {
            return -1;
        }
        int length = LENGTHS[Countries.index(upper(b[start]), upper(b[start + 1]))];
        if (length == 0) {
            return -1;
        }
        int end = end(b, start, to, length);
        if (end < 0) {
            return -1;
        }
        boolean valid = remainder(b, start, end) == 1;
        hits.add(FindingType.IBAN, valid ? CONFIDENCE : WRONG_CHECK_DIGITS, start, end);
        return valid ? end : -1;
    }

    /// Behind the last of `length` letters and digits in groups with single blanks or dashes
    /// between.
    private static int end(byte[] b, int start, int to, int length) {
        int count = 0;
        int i = start;
        int group = 0;
        while (i < to && count < length && i - start < LONGEST * 2) {
            if (is(b[i], WORD)) {
                count++;
                group++;
            } else if ((b[i] == ' ' || b[i] == '-') && group > 1) {
                group = 0;
            } else {
                return -1;
            }
            i++;
        }
        return count == length && (i >= to || !is(b[i], WORD)) ? i : -1;
    }

    private static int remainder(byte[] b, int start, int end) {
        // The country and check digits are read last: skip them first, then come back.
        int remainder = 0;
        int skipped = 0;
        for (int i = start; i < end; i++) {
            if (is(b[i], WORD) && skipped++ >= 4) {
                remainder = feed(remainder, b[i]);
            }
        }
        skipped = 0;
        for (int i = start; i < end && skipped < 4; i++) {
            if (is(b[i], WORD)) {
                skipped++;
                remainder = feed(remainder, b[i]);
            }
        }
        return remainder;
    }

    private static int feed(int remainder, byte b) {
        if (is(b, DIGIT)) {
            return (remainder * 10 + b - '0') % 97;
        }
        return (remainder * 100 + upper(b) - 'A' + 10) % 97;
    }

    private static char upper(byte b) {
        return (char) (b >= 'a' ? b - ('a' - 'A') : b);
    }
}
