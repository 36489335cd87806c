package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;

/// Vehicle plates that a character of the country's own script makes unmistakable: China (province,
/// letter, five or six more) and Korea (digits, syllable, digits).
final class Plates {
    private static final double CONFIDENCE = 0.85;
    private static final byte[] PROVINCES =
            "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使".getBytes(StandardCharsets.UTF_8);

    private Plates() {}

    /// @param i index of the first digit, behind the province and one or more letters
    /// @return where the scan goes on, -1 when there is none
    static int find(byte[] b, int from, int i, int to, Hits hits) {
        if (isThree(b, i, to) && i + 3 < to) {
            return korean(b, from, i, to, hits);
        }
        int start = i;
        while (start > from && i - start < 5 && is(b[start - 1], UPPER)) {
            start--;
        }
        if (start - 5 >= from
                && (b[start - 1] & 0xFF) == 0xB7
                && (b[start - 2] & 0xFF) == 0xC2
                && is(b[start - 3], UPPER)) {
            start -= 3; // a middle dot behind the first letter
        } else if (start - 4 >= from
                && (b[start - 1] == ' ' || b[start - 1] == '-')
                && is(b[start - 2], UPPER)) {
            start -= 2;
        }
        if (start == from || !is(b[start], UPPER) || !isProvince(b, from, start)) {
            return -1;
        }
        int count = 1;
        int end = start + 1;
        while (end < to && (is(b[end], UPPER | DIGIT) || isDot(b, end, start))) {
            count += is(b[end], UPPER | DIGIT) ? 1 : 0;
            end++;
        }
        if (count < 6 || count > 7 || (end < to && is(b[end], WORD))) {
            return -1;
        }
        hits.add(FindingType.VEHICLE_PLATE, CONFIDENCE, start - 3, end);
        return end;
    }

    private static boolean isDot(byte[] b, int i, int start) {
        return i <= start + 2
                && (b[i] == ' ' || b[i] == '-' || (b[i] & 0xFF) == 0xC2 || (b[i] & 0xFF) == 0xB7);
    }

    private static boolean isProvince(byte[] b, int from, int end) {
        if (end - 3 < from) {
            return false;
        }
        for (int k = 0; k < PROVINCES.length; k += 3) {
            if (PROVINCES[k] == b[end - 3]
                    && PROVINCES[k + 1] == b[end - 2]
                    && PROVINCES[k + 2] == b[end - 1]) {
                return true;
            }
        }
        return false;
    }

    /// Two or three digits, then a syllable of Hangul.
    private static boolean isThree(byte[] b, int i, int to) {
        int end = i;
        while (end < to && end - i < 4 && is(b[end], DIGIT)) {
            end++;
        }
        int lead = end < to ? b[end] & 0xFF : 0;
        return end - i >= 2 && end - i <= 3 && lead >= 0xEA && lead <= 0xED;
    }

    private static int korean(byte[] b, int from, int i, int to, Hits hits) {
        int at = i;
        while (is(b[at], DIGIT)) {
            at++;
        }
        at += 3;
        at += at < to && b[at] == ' ' ? 1 : 0;
        int end = at;
        while (end < to && is(b[end], DIGIT)) {
            end++;
        }
        if (end - at != 4 || (end < to && is(b[end], WORD)) || (i > from && is(b[i - 1], WORD))) {
            return -1;
        }
        hits.add(FindingType.VEHICLE_PLATE, CONFIDENCE, i, end);
        return end;
    }
}
