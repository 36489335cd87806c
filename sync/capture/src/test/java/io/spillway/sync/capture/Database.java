package io.spillway.sync.capture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A real Postgres for the tests of this module, started once; each test gets a database of its own
/// with the migrations applied.
final class Database {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = startPostgres();

    private final String name;

    private Database(String name) {
        this.name = name;
    }

    static Database create() throws SQLException {
        var name = "test" + NUMBER.incrementAndGet();
        new Database("postgres").execute("create database %s template migrated".formatted(name));
        return new Database(name);
    }

    DataSource source() {
        return POSTGRES.getDatabase("postgres", name);
    }

    CaptureSettings capture(Path directory) {
        return CaptureSettings.of(
                POSTGRES.getJdbcUrl("postgres", name), "postgres", "postgres", directory);
    }

    /// Runs a query for one number.
    long number(String query) throws SQLException {
        try (var connection = source().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    void execute(String text) throws SQLException {
        execute(source(), text);
    }

    private static void execute(DataSource source, String text) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            var postgres =
                    EmbeddedPostgres.builder()
                            .setServerConfig("wal_level", "logical")
                            .setServerConfig("max_replication_slots", "16")
                            .setServerConfig("max_wal_senders", "16")
                            .setServerConfig("shared_buffers", "64MB")
                            .start();
            execute(postgres.getPostgresDatabase(), "create database migrated");
            for (var migration :
                    List.of("V1__outbox.sql", "V2__journal.sql", "V12__decision_features.sql")) {
                execute(
                        postgres.getDatabase("postgres", "migrated"),
                        text("/db/migration/" + migration));
            }
            return postgres;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}
