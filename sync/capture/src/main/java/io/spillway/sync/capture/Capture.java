package io.spillway.sync.capture;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the outbox from the write-ahead log and hands on its rows, within milliseconds of their
/// commit.
///
/// Of all control planes only the one that holds the origin's advisory lock reads; the others wait
/// for it. At-least-once and possibly with gaps after a crash: whoever gets the rows checks their
/// numbers. When the engine or the database fails, it is started again.
public final class Capture implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Capture.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CaptureSettings settings;
    private final String origin;
    private final String slot;
    private final Consumer<OutboxRow> rows;
    private volatile boolean closed;
    private volatile boolean reading;
    private volatile @Nullable String problem;
    private @Nullable Thread supervisor;

    /// @param rows gets each row; called by one thread at a time, must not throw
    public Capture(CaptureSettings settings, String origin, Consumer<OutboxRow> rows) {
        this.settings = settings;
        this.origin = origin;
        this.slot = "spillway_" + origin.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        this.rows = rows;
    }

    /// Reads in the background from now on.
    public synchronized void start() throws IOException {
        if (supervisor != null || closed) {
            throw new IllegalStateException("a capture is started once");
        }
        Files.createDirectories(settings.directory());
        supervisor = Thread.ofVirtual().name("sync-capture").start(this::supervise);
    }

    /// How the capture fares.
    public Status status() {
        return new Status(reading, slot, problem);
    }

    private void supervise() {
        try {
            while (!closed) {
                try (var connection = connect()) {
                    if (lock(connection)) {
                        read(connection);
                    } else {
                        problem = "another control plane reads";
                    }
                } catch (SQLException | IOException | RuntimeException e) {
                    failed(e);
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException _) {
            // close() ends the loop.
        }
    }

    private void failed(Exception cause) {
        if (!closed) {
            problem = cause.getMessage();
            LOG.log(Level.WARNING, "capture: {0}", problem);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                settings.jdbcUrl(), settings.user(), settings.password());
    }

    private boolean lock(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "spillway capture of " + origin);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /// Runs the engine for as long as the lock's connection lives.
    private void read(Connection connection)
            throws SQLException, IOException, InterruptedException {
        var offsets = settings.directory().resolve(slot + ".offsets");
        forgetOffsetsWithoutSlot(connection, offsets);
        try (var engine = new CaptureEngine(settings, slot, offsets, rows)) {
            engine.start();
            while (!closed && engine.runs()) {
                reading = engine.reads();
                problem = null;
                Thread.sleep(LOOK);
                if (!connection.isValid((int) LOOK.toSeconds())) {
                    throw new SQLException("the connection that holds the lock is gone");
                }
            }
            engine.failure().ifPresent(it -> problem = it);
        } finally {
            reading = false;
        }
    }

    /// A position without its slot points nowhere, and the engine would refuse to start. The rows
    /// between are not lost: the feed pulls them from the outbox.
    private void forgetOffsetsWithoutSlot(Connection connection, Path offsets)
            throws SQLException, IOException {
        try (var statement =
                connection.prepareStatement(
                        "select 1 from pg_replication_slots where slot_name = ? and wal_status is"
                                + " distinct from 'lost'")) {
            statement.setString(1, slot);
            try (var row = statement.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        try (var statement =
                connection.prepareStatement(
                        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where"
                                + " slot_name = ?")) {
            statement.setString(1, slot);
            statement.execute();
        }
        if (Files.deleteIfExists(offsets)) {
            LOG.log(Level.WARNING, "capture: slot {0} is gone; reading from now on", slot);
        }
    }

    /// Stops reading. The slot stays, so that a restart goes on where this ended.
    @Override
    public synchronized void close() {
        closed = true;
        if (supervisor != null) {
            supervisor.interrupt();
            try {
                supervisor.join(Duration.ofSeconds(30));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// How a capture fares.
    ///
    /// @param reading whether this control plane reads the log now
    /// @param slot name of the replication slot
    /// @param problem why it does not, null when it does
    public record Status(boolean reading, String slot, @Nullable String problem) {}
}
