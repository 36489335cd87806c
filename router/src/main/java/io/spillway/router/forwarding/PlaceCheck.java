package io.spillway.router.forwarding;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.router.forwarding.EgressVerdict.Refused;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an endpoint's address and transport are those that its environment declares.
final class PlaceCheck {
    private PlaceCheck() {}

    static @Nullable Refused check(
            Endpoint endpoint, InetAddress address, Environment environment) {
        var refused = address(endpoint, address, environment);
        return refused == null ? transport(endpoint, address, environment) : refused;
    }

    private static @Nullable Refused address(
            Endpoint endpoint, InetAddress address, Environment environment) {
        if (address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()) {
            return new Refused(
                    "address",
                    "endpoint %s has an unspecified, link-local or multicast address"
                            .formatted(endpoint.id()));
        }
        var ranges = environment.addressRanges();
        boolean confined = environment.zone() == Zone.PRIVATE || !ranges.isEmpty();
        if (confined && !inRange(address, ranges)) {
            return new Refused(
                    "address",
                    "endpoint %s resolves to %s, outside the address ranges of %s"
                            .formatted(
                                    endpoint.id(), address.getHostAddress(), environment.name()));
        }
        return null;
    }

    private static boolean inRange(InetAddress address, List<String> ranges) {
        return ranges.stream().anyMatch(range -> contains(range, address));
    }

    private static boolean contains(String range, InetAddress address) {
        try {
            return AddressRange.parse(range).contains(address);
        } catch (IllegalArgumentException unreadable) {
            // A range that cannot be read contains nothing: the safe reading of it.
            return false;
        }
    }

    /// Clear text goes where no one can listen: to loopback, or inside a private environment that
    /// declares no trust anchor.
    private static @Nullable Refused transport(
            Endpoint endpoint, InetAddress address, Environment environment) {
        boolean tls = "https".equals(endpoint.url().getScheme());
        boolean anchored = environment.trustAnchorPem() != null;
        boolean isPrivate = environment.zone() == Zone.PRIVATE;
        if (!tls && anchored) {
            return new Refused(
                    "transport",
                    "%s has a trust anchor but endpoint %s speaks clear text"
                            .formatted(environment.name(), endpoint.id()));
        }
        if (!tls && !isPrivate && !address.isLoopbackAddress()) {
            return new Refused(
                    "transport",
                    "endpoint %s of public %s speaks clear text"
                            .formatted(endpoint.id(), environment.name()));
        }
        if (tls && !anchored && isPrivate) {
            return new Refused(
                    "transport",
                    "%s has no trust anchor to check endpoint %s against"
                            .formatted(environment.name(), endpoint.id()));
        }
        return null;
    }
}
