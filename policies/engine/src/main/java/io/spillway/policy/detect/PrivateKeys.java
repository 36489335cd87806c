package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;

/// Private keys in PEM, whatever their kind, when at least the beginning of the key is there.
final class PrivateKeys {
    private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);
    private static final double CONFIDENCE = 0.95;
    private static final int LEAST_BODY = 16;

    private PrivateKeys() {}

    /// @param i index of a dash
    /// @return where the scan goes on, -1 when no key begins there
    static int find(byte[] b, int i, int to, Hits hits) {
        if (!Bytes.isAt(b, i, to, BEGIN)) {
            return -1;
        }
        int at = i + BEGIN.length;
        int limit = Math.min(to, at + 24);
        while (at < limit && !Bytes.isAt(b, at, to, KEY)) {
            if (!is(b[at], UPPER | BLANK)) {
                return -1;
            }
            at++;
        }
        if (!Bytes.isAt(b, at, to, KEY)) {
            return -1;
        }
        at += KEY.length;
        while (at < to && (is(b[at], UPPER | BLANK) || b[at] == '-')) {
            at++;
        }
        int body = 0;
        while (at < to && (is(b[at], WORD | BLANK) || "+/=\\:,;-".indexOf(b[at]) >= 0)) {
            if (b[at] == '-' && at + 1 < to && b[at + 1] == '-') {
                break;
            }
            body += is(b[at], WORD) ? 1 : 0;
            at++;
        }
        if (body < LEAST_BODY) {
            return -1;
        }
        hits.add(FindingType.PRIVATE_KEY, CONFIDENCE, i, at);
        return at;
    }
}
