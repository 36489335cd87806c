package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @Test
    void aServerThatEndedStartsAgainInTheSameProcess(@TempDir Path directory) throws Exception {
        var state = new StateDirectory(directory);
        Files.createDirectories(state.log("postgres").getParent());
        var postgres = new Postgres(state, freePort());
        long first = postgres.start();
        stop(first);

        long second = postgres.start();
        stop(second);

        assertThat(second).isNotEqualTo(first);
    }

    /// A fast shutdown, with all processes of the server ended.
    private static void stop(long pid) throws Exception {
        var server = ProcessHandle.of(pid).orElseThrow();
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
        server.onExit().get(30, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
