package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Internet addresses of version 4.
final class Ipv4Addresses {
    private static final double CONFIDENCE = 0.8;

    private static final double VERSION_NUMBER = 0.3;
    private static final Words VERSION = new Words("version", "release", "section", "chapter");

    private Ipv4Addresses() {}

    /// @return runs used by an address of version 4 that begins with the chain, 0 when there is
    ///   none
    static int find(NumberChain chain, Hits hits) {
        boolean leadingZero = chain.length(0) > 1 && chain.digit(0, 0) == 0;
        if (chain.runs < 4 || leadingZero || chain.insideWord()) {
            return 0;
        }
        int end = end(chain.b, chain.start(0), chain.to);
        if (end < 0) {
            return 0;
        }
        int start = chain.start(0);
        boolean version = VERSION.within(chain.b, Math.max(chain.from, start - 12), start);
        hits.add(FindingType.IP_ADDRESS, version ? VERSION_NUMBER : CONFIDENCE, start, end);
        return 4;
    }

    /// The end of four numbers up to 255 with single dots between, or -1.
    static int end(byte[] b, int start, int to) {
        int i = start;
        for (int part = 0; part < 4; part++) {
            int value = 0;
            int begin = i;
            while (i < to && i - begin < 4 && is(b[i], DIGIT)) {
                value = value * 10 + b[i++] - '0';
            }
            if (i == begin || i - begin > 3 || value > 255) {
                return -1;
            }
            if (part < 3) {
                if (i >= to || b[i] != '.') {
                    return -1;
                }
                i++;
            }
        }
        return i < to && (is(b[i], WORD) || b[i] == '_') ? -1 : i;
    }
}
