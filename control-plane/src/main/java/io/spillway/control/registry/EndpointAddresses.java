package io.spillway.control.registry;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.state.ChangeSet;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An endpoint stands where its environment says that its machines are. Routers check the same on
/// every connection; here a mistake is found before it is in force.
final class EndpointAddresses {

    private EndpointAddresses() {}

    /// Finds the addresses of a host.
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    static void check(
            RegistryState before,
            RegistryState after,
            List<ChangeSet.Change> changes,
            Resolver resolver) {
        for (var change : changes) {
            switch (change.object()) {
                case Endpoint it -> {
                    if (moved(before, it)) {
                        fault(after, it, resolver)
                                .ifPresent(fault -> {
                                    throw Refusal.invalid(List.of(fault));
                                });
                    }
                }
                case Environment it -> {
                    if (redrawn(before, it)) {
                        refuseStrays(after, it, resolver);
                    }
                }
                case null, default -> {}
            }
        }
    }

    private static boolean moved(RegistryState before, Endpoint endpoint) {
        return before.find(Endpoint.class, endpoint.id())
                .filter(it ->
                        it.url().equals(endpoint.url())
                                && it.environment().equals(endpoint.environment()))
                .isEmpty();
    }

    private static boolean redrawn(RegistryState before, Environment environment) {
        return before.find(Environment.class, environment.name())
                .filter(it ->
                        it.addressRanges().equals(environment.addressRanges())
                                && it.zone() == environment.zone())
                .isEmpty();
    }

    private static void refuseStrays(
            RegistryState after, Environment environment, Resolver resolver) {
        var strays = new ArrayList<Problem.Item>();
        for (var endpoint : after.all(Endpoint.class)) {
            if (endpoint.environment().equals(environment.name())) {
                fault(after, endpoint, resolver)
                        .ifPresent(it ->
                                strays.add(
                                        Problem.Item.at(
                                                "endpoint/" + endpoint.id(),
                                                it.message(),
                                                "Keep its address in addressRanges, or delete the"
                                                        + " endpoint first.")));
            }
        }
        if (!strays.isEmpty()) {
            throw Refusal.conflict(
                    "endpoints_outside",
                    "environment '%s' would no longer contain %d of its endpoints; nothing was changed"
                            .formatted(environment.name(), strays.size()),
                    strays);
        }
    }

    private static Optional<Problem.Item> fault(
            RegistryState after, Endpoint endpoint, Resolver resolver) {
        return after.find(Environment.class, endpoint.environment())
                .map(environment -> fault(environment, endpoint, resolver));
    }

    private static Problem.@Nullable Item fault(
            Environment environment, Endpoint endpoint, Resolver resolver) {
        if (environment.addressRanges().isEmpty()) {
            return environment.zone() == Zone.PRIVATE
                    ? Problem.Item.at(
                            "url",
                            "environment '%s' is private and has no addressRanges"
                                    .formatted(environment.name()),
                            "Add the range of its machines to the environment, such as 10.0.0.0/8.")
                    : null;
        }
        var ranges = environment.addressRanges().stream().map(AddressRange::parse).toList();
        var host = endpoint.url().getHost();
        try {
            var addresses = resolver.resolve(host);
            var outside =
                    Arrays.stream(addresses)
                            .filter(it -> ranges.stream().noneMatch(range -> range.contains(it)))
                            .findFirst();
            return outside.map(it ->
                            Problem.Item.at(
                                    "url",
                                    "'%s' has address %s outside the addressRanges %s of environment '%s'"
                                            .formatted(
                                                    host,
                                                    it.getHostAddress(),
                                                    environment.addressRanges(),
                                                    environment.name()),
                                    "Correct the url, or add the range to the environment if its"
                                            + " machines are there."))
                    .orElse(null);
        } catch (UnknownHostException e) {
            return Problem.Item.at(
                    "url",
                    "host '%s' has no address".formatted(host),
                    "Use a name that this machine can resolve, or an IP address.");
        }
    }
}
