package io.spillway.cli.stack;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The Postgres of a one-machine installation: a real server whose data survives restarts.
final class Postgres {
    private final StateDirectory state;
    private final int port;

    Postgres(StateDirectory state, int port) {
        this.state = state;
        this.port = port;
    }

    /// Starts the server, making its database first when there is none, and returns the process id
    /// of its postmaster. The server goes on when this process ends.
    long start() throws IOException {
        var log = state.log("postgres").toFile();
        try {
            // An earlier start of this process holds it until its object is collected. What keeps
            // two servers from one directory is Postgres' own postmaster.pid.
            Files.deleteIfExists(state.postgres().resolve("epg-lock"));
            var _ =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(state.postgres())
                            .setOverrideWorkingDirectory(
                                    state.root().resolve("postgres-binaries").toFile())
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setPort(port)
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("unix_socket_directories", "")
                            .setServerConfig("wal_level", "logical")
                            .setServerConfig("max_replication_slots", "8")
                            .setServerConfig("max_wal_senders", "8")
                            .setServerConfig("max_slot_wal_keep_size", "512MB")
                            .setServerConfig("shared_buffers", "64MB")
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
                            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log))
                            .setPGStartupWait(Duration.ofSeconds(30))
                            .start();
        } catch (IOException | IllegalStateException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "Postgres did not start (%s); its log is %s"
                            .formatted(
                                    e.getMessage() == null ? e : e.getMessage(),
                                    state.log("postgres")));
        }
        return postmaster();
    }

    /// The URL for JDBC.
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    private long postmaster() throws IOException {
        Path file = state.postgres().resolve("postmaster.pid");
        List<String> lines = Files.readAllLines(file);
        return Long.parseLong(lines.getFirst().strip());
    }
}
