package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.is;

/// Tokens whose fixed text stands in the middle: Telegram's `12345678:AA...`, Mailchimp's
/// `...-us12`, Azure's `...8Q~...`.
final class InnerTokens {
    private static final double CONFIDENCE = 0.9;
    private static final TokenShape TELEGRAM = TokenShape.of("[url 34-36]");
    private static final TokenShape AZURE = TokenShape.of("[tilde 31-34]");
    private static final TokenShape FACEBOOK = TokenShape.of("[url 26-28]?");
    private static final int MAILCHIMP = 32;

    private InnerTokens() {}

    /// @param colon index of a colon
    static int telegram(byte[] b, int floor, int colon, int to, Hits hits) {
        if (colon + 30 > to || b[colon + 1] != 'A') {
            return -1;
        }
        int digits = digitsBefore(b, floor, colon);
        if (digits < 5 || digits > 16) {
            return -1;
        }
        return report("Telegram", b, colon - digits, TELEGRAM.end(b, colon + 1, to), hits);
    }

    /// @param bar index of a vertical bar
    static int facebook(byte[] b, int floor, int bar, int to, Hits hits) {
        if (bar + 26 > to) {
            return -1;
        }
        int digits = digitsBefore(b, floor, bar);
        if (digits < 15 || digits > 16) {
            return -1;
        }
        return report("Facebook", b, bar - digits, FACEBOOK.end(b, bar + 1, to), hits);
    }

    /// @param tilde index of a tilde
    static int azure(byte[] b, int floor, int tilde, int to, Hits hits) {
        int start = tilde - 5;
        if (start < floor || b[tilde - 1] != 'Q' || !is(b[tilde - 2], DIGIT)) {
            return -1;
        }
        return report("Azure", b, start, AZURE.end(b, tilde + 1, to), hits);
    }

    /// @param dash index of a dash
    static int mailchimp(byte[] b, int floor, int dash, int to, Hits hits) {
        if (dash + 4 > to || b[dash + 1] != 'u' || b[dash + 2] != 's' || !is(b[dash + 3], DIGIT)) {
            return -1;
        }
        int start = dash;
        while (start > floor && dash - start <= MAILCHIMP && Bytes.isHex(b[start - 1])) {
            start--;
        }
        boolean key = dash - start == MAILCHIMP && Entropy.bits(b, start, dash) >= 2.6;
        int end = dash + 4;
        end += end < to && is(b[end], DIGIT) ? 1 : 0;
        return key ? report("Mailchimp", b, start, end, hits) : -1;
    }

    private static int digitsBefore(byte[] b, int floor, int at) {
        int start = at;
        while (start > floor && at - start <= 20 && is(b[start - 1], DIGIT)) {
            start--;
        }
        return at - start;
    }

    private static int report(String vendor, byte[] b, int start, int end, Hits hits) {
        if (end < 0 || Placeholders.is(b, start, end)) {
            return -1;
        }
        hits.addToken(CONFIDENCE, start, end, vendor);
        return end;
    }
}
