package io.spillway.control.registry;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of IP addresses in CIDR notation.
///
/// @param network first address
/// @param bits leading bits that all its addresses share
record AddressRange(InetAddress network, int bits) {

    /// Reads `ADDRESS/BITS`.
    ///
    /// @throws IllegalArgumentException saying what was expected
    static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        try {
            var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            var width = network.getAddress().length * 8;
            var bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > width) {
                throw new IllegalArgumentException("prefix length");
            }
            return new AddressRange(network, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is not a range such as 10.0.0.0/8 or fd00::/8".formatted(text), e);
        }
    }

    boolean contains(InetAddress address) {
        var mine = network.getAddress();
        var other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        var whole = bits / 8;
        var rest = bits % 8;
        return Arrays.equals(mine, 0, whole, other, 0, whole)
                && (rest == 0 || (mine[whole] ^ other[whole]) >> (8 - rest) == 0);
    }
}
