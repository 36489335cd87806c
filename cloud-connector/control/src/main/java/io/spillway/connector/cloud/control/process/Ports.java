package io.spillway.connector.cloud.control.process;

import io.spillway.api.environment.Fleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;

/// Picks local ports.
final class Ports {
    private Ports() {}

    /// The lowest port of the fleet's range that nobody uses.
    ///
    /// @param promised ports of machines that may not listen yet
    static int free(Fleet fleet, int firstPort, Set<Integer> promised) throws IOException {
        for (var port = firstPort; port < firstPort + fleet.maximum(); port++) {
            if (!promised.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new IOException(
                "fleet '%s' finds no free port in %d to %d; end what listens there or move the range"
                        .formatted(
                                fleet.name(),
                                firstPort,
                                firstPort + Math.max(0, fleet.maximum() - 1)));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
