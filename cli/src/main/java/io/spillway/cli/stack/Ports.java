package io.spillway.cli.stack;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// The ports of one installation, all derived from one base so that a single option moves them.
///
/// @param base port of the router's data listener
public record Ports(int base) {

    /// The default base.
    public static final int DEFAULT_BASE = 8080;

    private static final int HIGHEST_OFFSET = 11_021;

    public Ports {
        if (base < 1024 || base + HIGHEST_OFFSET > 65_535) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--port-base %d is out of range; use 1024 to %d"
                            .formatted(base, 65_535 - HIGHEST_OFFSET));
        }
    }

    public int router() {
        return base;
    }

    public int console() {
        return base + 10;
    }

    public int sync() {
        return base + 11;
    }

    public int postgres() {
        return base + 12;
    }

    public int routerManagement() {
        return base + 920;
    }

    public int controlManagement() {
        return base + 1010;
    }

    /// Port of the simulated server with the given index, 0 first.
    public int server(int index) {
        return base + 9_921 + index;
    }

    /// First port that process fleets use.
    public int firstFleet() {
        return base + 10_021;
    }

    /// Fails with one line that names every port in use.
    void requireFree(int servers) {
        var wanted = new LinkedHashMap<String, Integer>();
        wanted.put("router", router());
        wanted.put("router management", routerManagement());
        wanted.put("console", console());
        wanted.put("sync link", sync());
        wanted.put("control plane management", controlManagement());
        wanted.put("Postgres", postgres());
        for (var i = 0; i < servers; i++) {
            wanted.put("simulated server " + (i + 1), server(i));
        }
        var taken = new ArrayList<String>();
        wanted.forEach((role, port) -> {
            if (!free(port)) {
                taken.add("%d (%s)".formatted(port, role));
            }
        });
        if (!taken.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "in use: port %s; stop what listens there (ss -ltnp), or choose other ports with --port-base %d"
                            .formatted(String.join(", port ", taken), base + 100));
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
