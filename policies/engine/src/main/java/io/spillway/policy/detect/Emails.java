package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOCAL;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// E-mail addresses, anchored at the `@`; also those in other scripts (RFC 6531).
///
/// Scripts without blanks between words are the difficulty: Chinese text may touch an address on
/// both sides. Such characters belong to an address only where they touch the `@`, or begin a label
/// of the domain.
final class Emails {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final double CONFIDENCE = 0.95;
    private static final double NO_MAILBOX = 0.3;

    private static final Words GIT = new Words("git");
    private static final Words EXAMPLE = new Words("example.", "domain.", "yourdomain.");
    private static final Words SAMPLES = new Words("your", "example", "recipient", "sender");

    /// Lead bytes from here begin characters of three and four bytes.
    private static final int THREE_BYTES = 0xE0;

    private Emails() {}

    /// @param at index of the `@`
    /// @param floor where the previous match ended, which is as far back as this one may reach
    /// @return where the scan goes on, -1 when there is none
    static int find(byte[] b, int floor, int at, int to, Hits hits) {
        if (at == floor || at + 3 >= to) {
            return -1;
        }
        int start = localStart(b, floor, at);
        if (start >= at) {
            return -1;
        }
        int end = domainEnd(b, at + 1, to);
        if (end < 0 || isScaledImage(b, at + 1, end)) {
            return -1;
        }
        boolean mailbox = !isNobody(b, start, at, end);
        hits.add(FindingType.EMAIL, mailbox ? CONFIDENCE : NO_MAILBOX, start, end);
        return end;
    }

    /// `git@github.com`, `your_name@example.com`
    private static boolean isNobody(byte[] b, int start, int at, int end) {
        boolean sample = EXAMPLE.isAt(b, at + 1, end) && SAMPLES.isAt(b, start, at);
        return sample || GIT.is(b, start, at);
    }

    /// `image@2x.png`
    private static boolean isScaledImage(byte[] b, int from, int end) {
        return end - from <= 7 && is(b[from], DIGIT) && (b[from + 1] == 'x') && b[from + 2] == '.';
    }

    private static int localStart(byte[] b, int floor, int at) {
        int least = Math.max(floor, at - LONGEST_LOCAL);
        if (b[at - 1] == '"') {
            return quotedStart(b, least, at);
        }
        if (b[at - 1] == '.') {
            return at;
        }
        int start = at;
        boolean wide = isWideBefore(b, least, at);
        while (start > least) {
            if (is(b[start - 1], WORD | LOCAL)) {
                start--;
            } else if (is(b[start - 1], HIGH)) {
                int lead = lead(b, least, start);
                if (lead < 0
                        || (!wide && (b[lead] & 0xFF) >= THREE_BYTES)
                        || isPunctuation(b, lead)) {
                    break;
                }
                start = lead;
            } else {
                break;
            }
        }
        // Quotes and brackets of the sentence around, and dots, begin no address.
        while (start < at && !is(b[start], WORD | HIGH)) {
            start++;
        }
        return start;
    }

    private static boolean isWideBefore(byte[] b, int least, int at) {
        int lead = is(b[at - 1], HIGH) ? lead(b, least, at) : -1;
        return lead >= 0 && (b[lead] & 0xFF) >= THREE_BYTES;
    }

    /// The first byte of the character that ends there, -1 when it is cut off.
    private static int lead(byte[] b, int least, int end) {
        int i = end - 1;
        while (i > least && end - i < 4 && (b[i] & 0xC0) == 0x80) {
            i--;
        }
        return (b[i] & 0xC0) == 0xC0 ? i : -1;
    }

    /// The marks of East Asian text, dashes and quotes.
    private static boolean isPunctuation(byte[] b, int lead) {
        int first = b[lead] & 0xFF;
        int second = b[lead + 1] & 0xFF;
        return (first == 0xE3 && second == 0x80)
                || (first == 0xEF && (second == 0xBC || second == 0xBD))
                || (first == 0xE2 && second == 0x80)
                || (first == 0xC2 && second < 0xB5);
    }

    private static int quotedStart(byte[] b, int least, int at) {
        for (int i = at - 2; i >= least; i--) {
            if (b[i] == '"') {
                return i < at - 2 ? i : at;
            }
            if (b[i] == '\n') {
                return at;
            }
        }
        return at;
    }

    /// The end of a domain of at least two labels whose last is a name, or -1.
    private static int domainEnd(byte[] b, int from, int to) {
        int limit = Math.min(to, from + LONGEST_DOMAIN);
        int end = -1;
        int labels = 0;
        int label = from;
        while (label < limit) {
            int i = labelEnd(b, label, limit);
            if (i == label || i - label > 63 || b[label] == '-' || b[i - 1] == '-') {
                break;
            }
            labels++;
            if (labels >= 2 && isTopLevel(b, label, i)) {
                end = i;
            }
            if (i >= limit || b[i] != '.') {
                break;
            }
            label = i + 1;
        }
        return end;
    }

    /// Letters that need three bytes end a label that began without them.
    private static int labelEnd(byte[] b, int start, int limit) {
        boolean wide = (b[start] & 0xFF) >= THREE_BYTES;
        int i = start;
        while (i < limit) {
            if (is(b[i], WORD) || b[i] == '-') {
                i++;
                continue;
            }
            int lead = b[i] & 0xFF;
            boolean letter = lead >= 0xC3 && (wide || lead < THREE_BYTES);
            if (!letter || i + 1 >= limit || isPunctuation(b, i)) {
                return i;
            }
            i++;
            while (i < limit && (b[i] & 0xC0) == 0x80) {
                i++;
            }
        }
        return i;
    }

    /// Two letters or more; the ASCII form of other scripts also has digits and dashes.
    private static boolean isTopLevel(byte[] b, int start, int end) {
        if (end - start < 2) {
            return false;
        }
        boolean encoded = end - start > 4 && b[start + 2] == '-' && b[start + 3] == '-';
        for (int i = start; i < end; i++) {
            if (!is(b[i], LETTER | HIGH) && !(encoded && (is(b[i], DIGIT) || b[i] == '-'))) {
                return false;
            }
        }
        return true;
    }
}
