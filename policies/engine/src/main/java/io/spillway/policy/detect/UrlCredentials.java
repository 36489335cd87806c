package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.util.Arrays;

/// Passwords in URLs: `scheme://user:password@host`.
final class UrlCredentials {
    private static final double IN_URL = 0.9;
    private static final double PLACEHOLDER = 0.3;
    private static final int LONGEST_USERINFO = 200;
    private static final int SHORTEST = 4;
    private static final Words PASSWORDS = new Words("password", "passwd", "pwd", "pass", "secret");

    private UrlCredentials() {}

    /// @param colon index of the colon of `://`
    /// @return where the scan goes on, -1 when there is no password
    static int find(byte[] b, int floor, int colon, int to, Hits hits) {
        int start = colon;
        while (start > floor
                && colon - start < 24
                && (is(b[start - 1], WORD) || b[start - 1] == '+')) {
            start--;
        }
        int from = colon + 3;
        int limit = Math.min(to, from + LONGEST_USERINFO);
        int password = -1;
        int at = -1;
        for (int i = from; i < limit && !is(b[i], BLANK); i++) {
            if (b[i] == ':' && password < 0) {
                password = i + 1;
            } else if (b[i] == '@') {
                at = i;
            } else if (b[i] == '/' || b[i] == '"' || b[i] == '\'' || b[i] == '<') {
                break;
            }
        }
        if (start == colon || password < 0 || at <= password) {
            return -1;
        }
        boolean placeholder =
                at - password < SHORTEST
                        || Placeholders.is(b, password, at)
                        || (PASSWORDS.within(b, password, at) && at - password <= 10)
                        || Arrays.equals(b, from, password - 1, b, password, at);
        hits.add(FindingType.CONNECTION_STRING, placeholder ? PLACEHOLDER : IN_URL, start, at);
        return at + 1;
    }
}
