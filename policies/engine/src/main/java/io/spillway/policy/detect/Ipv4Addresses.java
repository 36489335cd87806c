package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Internet addresses of version 4.
final class Ipv4Addresses {
    private static final double CONFIDENCE = 0.8;

    private static final double VERSION_NUMBER = 0.3;

    /// How near a word for versions must stand.
    private static final int NEAR = 12;

    private Ipv4Addresses() {}

    /// @return runs used by an address of version 4 that begins with the chain, 0 when there is
    ///   none
    static int find(NumberChain chain, Hits hits, Context context) {
        boolean leadingZero = chain.length(0) > 1 && chain.digit(0, 0) == 0;
        if (chain.length(0) > 3 || leadingZero || chain.insideWord()) {
            return 0;
        }
        int start = chain.start(0);
        int end = end(chain.b, start, chain.to);
        if (end < 0) {
            return 0;
        }
        boolean low =
                isObjectIdentifier(chain)
                        || isOfProduct(chain)
                        || isOwnMachine(chain, end)
                        || context.distance(Topic.VERSION, start) <= NEAR;
        hits.add(FindingType.IP_ADDRESS, low ? VERSION_NUMBER : CONFIDENCE, start, end);
        return 4;
    }

    /// `1.3.6.1.4.1.311`
    private static boolean isObjectIdentifier(NumberChain chain) {
        return chain.runs > 5 && chain.gap(3) == NumberChain.DOT && chain.gap(4) == NumberChain.DOT;
    }

    /// `Chrome/120.0.0.0`
    private static boolean isOfProduct(NumberChain chain) {
        int i = chain.start(0);
        return i - 2 >= chain.from && chain.b[i - 1] == '/' && is(chain.b[i - 2], WORD);
    }

    /// The machine itself, or all addresses, as programs and manuals name them: with a port, or in
    /// quotes.
    private static boolean isOwnMachine(NumberChain chain, int end) {
        boolean own =
                chain.digits(4) <= 6
                        && (chain.startsWith("127.0.0.1") || chain.startsWith("0.0.0.0"));
        if (!own) {
            return false;
        }
        int start = chain.start(0);
        boolean port = end + 1 < chain.to && chain.b[end] == ':' && is(chain.b[end + 1], DIGIT);
        byte before = start > chain.from ? chain.b[start - 1] : (byte) ' ';
        return port
                || before == '/'
                || before == '"'
                || before == '\''
                || before == '='
                || before == '`';
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
