package io.spillway.sync.capture;

import io.spillway.api.state.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The outbox table. Each call works in the transaction of the connection it is given.
final class Outbox {
    private final String origin;

    Outbox(String origin) {
        this.origin = origin;
    }

    /// The newest change set, without a lock.
    Watermark head(Connection connection) throws SQLException {
        return head(connection, "select epoch, seq from sync_origin where origin = ?");
    }

    /// The newest change set, locked until the transaction ends: nobody else changes the registry
    /// meanwhile.
    Watermark lock(Connection connection) throws SQLException {
        return head(connection, "select epoch, seq from sync_origin where origin = ? for update");
    }

    private Watermark head(Connection connection, String query) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, origin);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("origin '%s' was never set up".formatted(origin));
                }
                return new Watermark(origin, row.getLong(1), row.getLong(2));
            }
        }
    }

    /// Makes sure that the origin exists.
    void setUp(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "insert into sync_origin (origin, epoch, seq) values (?, 1, 0) on conflict"
                                + " do nothing")) {
            statement.setString(1, origin);
            statement.executeUpdate();
        }
    }

    /// Moves the origin on; the caller holds the lock.
    void advance(Connection connection, long epoch, long seq) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "update sync_origin set epoch = ?, seq = ?, updated_at = now() where origin"
                                + " = ?")) {
            statement.setLong(1, epoch);
            statement.setLong(2, seq);
            statement.setString(3, origin);
            statement.executeUpdate();
        }
    }

    void append(Connection connection, OutboxRow row, String dataClass) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "insert into outbox (origin, epoch, seq, data_class, payload, digest)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, row.origin());
            statement.setLong(2, row.epoch());
            statement.setLong(3, row.seq());
            statement.setString(4, dataClass);
            statement.setString(5, row.payload());
            statement.setString(6, row.digest());
            statement.executeUpdate();
        }
    }

    /// The rows behind `after`, oldest first.
    List<OutboxRow> after(Connection connection, long epoch, long after, int most)
            throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select seq, payload, digest from outbox where origin = ? and epoch = ? and"
                                + " seq > ? order by seq limit ?")) {
            statement.setString(1, origin);
            statement.setLong(2, epoch);
            statement.setLong(3, after);
            statement.setInt(4, most);
            var rows = new ArrayList<OutboxRow>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(
                            new OutboxRow(
                                    origin,
                                    epoch,
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3)));
                }
            }
            return rows;
        }
    }

    /// Deletes rows that are older than `keep` numbers before the newest, and those of past epochs.
    int prune(Connection connection, long keep) throws SQLException {
        try (var allow = connection.prepareStatement("set local spillway.retention = 'on'");
                var delete =
                        connection.prepareStatement(
                                "delete from outbox o using sync_origin s where o.origin = ? and"
                                        + " s.origin = o.origin and (o.epoch < s.epoch or o.seq <="
                                        + " s.seq - ?)")) {
            allow.execute();
            delete.setString(1, origin);
            delete.setLong(2, keep);
            return delete.executeUpdate();
        }
    }
}
