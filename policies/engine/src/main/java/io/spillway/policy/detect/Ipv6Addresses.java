package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;
import static io.spillway.policy.detect.Bytes.isHex;

/// Internet addresses of version 6, also those that end in one of version 4.
final class Ipv6Addresses {
    private static final double CONFIDENCE = 0.8;

    /// `::` and `::1` are written in programs more often than as addresses, unless a word says so.
    private static final double SHORT = 0.3;

    private static final double SHORT_IN_CONTEXT = 0.6;
    private static final Words CONTEXT =
            new Words(
                    " ip",
                    "ip:",
                    "ip=",
                    "ipv",
                    "address",
                    "host",
                    "server",
                    "subnet",
                    "connect",
                    "src",
                    "dst",
                    "loopback",
                    "unspecified",
                    "gateway",
                    "route",
                    "listen",
                    "bind");
    private static final int LONGEST = 45;
    private static final int REACH = 24;

    private final byte[] b;
    private final int to;
    private int at;
    private int groups;
    private int longest;
    private int digits;
    private boolean gap;

    private Ipv6Addresses(byte[] b, int start, int to) {
        this.b = b;
        this.to = to;
        this.at = start;
    }

    /// @param colon index of the first colon of what may be an address
    /// @param floor as far back as it may reach
    /// @return where the scan goes on, -1 when there is none
    static int find(byte[] b, int floor, int colon, int to, Hits hits) {
        int start = colon;
        while (start > floor && colon - start < 5 && isHex(b[start - 1])) {
            start--;
        }
        boolean continued =
                start > floor
                        && (is(b[start - 1], WORD) || b[start - 1] == '_' || b[start - 1] == ':');
        if (colon - start > 4 || continued) {
            return -1;
        }
        var address = new Ipv6Addresses(b, start, to);
        if (!address.read(start) || !address.endsHere() || !address.hasRightLength()) {
            return -1;
        }
        double confidence = CONFIDENCE;
        if (!address.isUnmistakable()) {
            if (address.groups > 1 || address.longest > 1) {
                return -1; // such as the scope operator of a program
            }
            boolean said =
                    CONTEXT.within(b, Math.max(floor, start - REACH), start)
                            || address.hasPrefixLength();
            confidence = said ? SHORT_IN_CONTEXT : SHORT;
        }
        hits.add(FindingType.IP_ADDRESS, confidence, start, address.at);
        return address.at;
    }

    /// Reads groups and colons as far as they go.
    ///
    /// @return false when they cannot be part of an address
    private boolean read(int start) {
        int limit = Math.min(to, start + LONGEST + 1);
        while (at < limit) {
            if (b[at] == ':' && at + 1 < limit && b[at + 1] == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                at += 2;
            } else if (b[at] == ':'
                    && groups > 0
                    && isHex(b[at - 1])
                    && at + 1 < limit
                    && isHex(b[at + 1])) {
                at++;
            } else if (!isHex(b[at])) {
                return true;
            } else if (!group(limit)) {
                return false;
            }
        }
        return true;
    }

    private boolean group(int limit) {
        int v4 = groups > 0 || gap ? Ipv4Addresses.end(b, at, to) : -1;
        if (v4 > 0) {
            groups += 2;
            longest = 4;
            digits++;
            at = v4;
            return true;
        }
        int begin = at;
        while (at < limit && isHex(b[at])) {
            digits += is(b[at], DIGIT) ? 1 : 0;
            at++;
        }
        longest = Math.max(longest, at - begin);
        groups++;
        return at - begin <= 4;
    }

    private boolean endsHere() {
        if (at >= to) {
            return true;
        }
        boolean more = at + 1 < to;
        return !is(b[at], WORD)
                && b[at] != '_'
                && !(b[at] == ':' && more && !is(b[at + 1], BLANK))
                && !(b[at] == '.' && more && is(b[at + 1], DIGIT));
    }

    private boolean hasRightLength() {
        return gap ? groups <= 7 : groups == 8;
    }

    /// `/64` behind.
    private boolean hasPrefixLength() {
        return at + 1 < to && b[at] == '/' && is(b[at + 1], DIGIT);
    }

    private boolean isUnmistakable() {
        return !gap || (digits > 0 && (longest >= 3 || groups >= 4));
    }
}
