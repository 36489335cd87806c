package io.spillway.router.forwarding;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;

/// A range of IP addresses in CIDR notation.
final class AddressRange {
    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /// Reads `10.0.0.0/8`, `fd00::/8` or a single address.
    ///
    /// @throws IllegalArgumentException when it is none of these
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        var network = NetUtil.createByteArrayFromIpAddressString(address);
        int bits = network == null ? 0 : network.length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (network == null || prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("'%s' is not an address range".formatted(text));
        }
        return new AddressRange(network, prefix);
    }

    boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xff : (0xff << (8 - (prefix - bit))) & 0xff;
            if (((bytes[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return Arrays.toString(network) + "/" + prefix;
    }
}
