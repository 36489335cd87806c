package io.spillway.control;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// A real Postgres and the files of a fresh installation, for the tests of one application.
public class PostgresForTests implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;
    private Path directory;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("control-plane");
            Files.writeString(directory.resolve("pepper"), "pepper-of-the-tests-0123456789abcdef");
            postgres =
                    EmbeddedPostgres.builder()
                            .setServerConfig("wal_level", "logical")
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres",
                "spillway.control.data-dir",
                directory.resolve("control").toString(),
                "spillway.control.admin-token-file",
                directory.resolve("admin-token").toString(),
                "spillway.control.pepper-file",
                directory.resolve("pepper").toString());
    }

    @Override
    public void stop() {
        try {
            postgres.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
