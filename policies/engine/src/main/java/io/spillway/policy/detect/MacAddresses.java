package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;
import static io.spillway.policy.detect.Bytes.isHex;

/// Hardware addresses: six pairs of hexadecimal digits with colons or dashes, or three groups of
/// four with dots.
final class MacAddresses {
    private static final double CONFIDENCE = 0.85;
    private static final double ALL_SAME = 0.3;

    private MacAddresses() {}

    /// @param i index of the first separator
    /// @return where the scan goes on, -1 when there is none
    static int find(byte[] b, int floor, int i, int to, Hits hits) {
        int size = b[i] == '.' ? 4 : 2;
        int groups = b[i] == '.' ? 3 : 6;
        int start = i - size;
        int end = start + groups * (size + 1) - 1;
        if (start < floor || end > to || (start > floor && isJoined(b[start - 1], b[i]))) {
            return -1;
        }
        boolean letters = false;
        boolean different = false;
        for (int k = 0; k < end - start; k++) {
            byte c = b[start + k];
            if (k % (size + 1) == size ? c != b[i] : !isHex(c)) {
                return -1;
            }
            letters |= is(c, Bytes.LETTER);
            different |= c != b[i] && c != b[start];
        }
        boolean goesOn = end < to && isJoined(b[end], b[i]);
        // Dots and digits alone are a version or an amount.
        if (goesOn || (b[i] == '.' && !letters)) {
            return -1;
        }
        hits.add(FindingType.MAC_ADDRESS, different ? CONFIDENCE : ALL_SAME, start, end);
        return end;
    }

    private static boolean isJoined(byte neighbour, byte separator) {
        return is(neighbour, WORD) || neighbour == '_' || neighbour == separator;
    }
}
