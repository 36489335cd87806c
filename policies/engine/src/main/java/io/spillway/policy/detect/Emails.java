package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOCAL;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// E-mail addresses, anchored at the `@`.
final class Emails {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final double CONFIDENCE = 0.95;

    private Emails() {}

    /// @param at index of the `@`
    /// @param floor where the previous match ended, which is as far back as this one may reach
    /// @return where the scan goes on, -1 when there is none
    static int find(byte[] b, int floor, int at, int to, Hits hits) {
        int start = localStart(b, floor, at);
        int end = domainEnd(b, at + 1, to);
        if (start < at && end > 0) {
            hits.add(FindingType.EMAIL, CONFIDENCE, start, end);
            return end;
        }
        return -1;
    }

    private static int localStart(byte[] b, int floor, int at) {
        int start = at;
        int least = Math.max(floor, at - LONGEST_LOCAL);
        while (start > least && is(b[start - 1], WORD | LOCAL)) {
            start--;
        }
        // Quotes and brackets of the sentence around, and dots, begin no address.
        while (start < at && !is(b[start], WORD)) {
            start++;
        }
        return b[at - 1 < floor ? at : at - 1] == '.' ? at : start;
    }

    /// The end of a domain of at least two labels whose last is a name, or -1.
    private static int domainEnd(byte[] b, int from, int to) {
        int limit = Math.min(to, from + LONGEST_DOMAIN);
        int end = -1;
        int label = from;
        int labels = 0;
        for (int i = from; i <= limit; i++) {
            boolean in = i < limit && (is(b[i], WORD) || b[i] == '-');
            if (in) {
                continue;
            }
            if (!isLabel(b, label, i)) {
                break;
            }
            labels++;
            if (labels >= 2 && isTopLevel(b, label, i)) {
                end = i;
            }
            if (i == limit || b[i] != '.') {
                break;
            }
            label = i + 1;
        }
        return end;
    }

    private static boolean isLabel(byte[] b, int start, int end) {
        return end > start && end - start <= 63 && b[start] != '-' && b[end - 1] != '-';
    }

    /// Two letters or more; the ASCII form of other scripts also has digits and dashes.
    private static boolean isTopLevel(byte[] b, int start, int end) {
        if (end - start < 2) {
            return false;
        }
        boolean encoded = end - start > 4 && b[start + 2] == '-' && b[start + 3] == '-';
        for (int i = start; i < end; i++) {
            if (!is(b[i], LETTER) && !(encoded && (is(b[i], DIGIT) || b[i] == '-'))) {
                return false;
            }
        }
        return true;
    }
}
