package io.spillway.sync.capture;

import io.spillway.api.state.JournalRecord;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Takes in what routers send home, each record once however often it comes. Safe for use by many
/// threads.
public final class JournalIntake {
    private final DataSource dataSource;

    public JournalIntake(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Takes in a batch in one transaction.
    ///
    /// @return number of the last record that is durable; the router may forget up to there
    public long accept(JournalRecord.Batch batch) throws SQLException {
        return Transaction.<Long, SQLException>run(
                dataSource, connection -> accept(connection, batch));
    }

    private static long accept(Connection connection, JournalRecord.Batch batch)
            throws SQLException {
        Transaction.makeDurable(connection);
        var known = lockMark(connection, batch);
        var last = batch.firstSeq() + batch.records().size() - 1;
        try (var rows = new JournalRows(connection, batch.router(), batch.epoch())) {
            for (var i = 0; i < batch.records().size(); i++) {
                var seq = batch.firstSeq() + i;
                // Earlier ones are repeats: the mark moved in the transaction that inserted them.
                if (seq > known) {
                    rows.insert(seq, batch.records().get(i));
                }
            }
        }
        if (last <= known) {
            return known;
        }
        moveMark(connection, batch, last, Math.max(0, batch.firstSeq() - known - 1));
        return last;
    }

    private static long lockMark(Connection connection, JournalRecord.Batch batch)
            throws SQLException {
        try (var insert =
                        connection.prepareStatement(
                                "insert into journal_mark (router, epoch, acknowledged) values (?,"
                                        + " ?, 0) on conflict do nothing");
                var select =
                        connection.prepareStatement(
                                "select acknowledged from journal_mark where router = ? and epoch ="
                                        + " ? for update")) {
            insert.setString(1, batch.router());
            insert.setLong(2, batch.epoch());
            insert.executeUpdate();
            select.setString(1, batch.router());
            select.setLong(2, batch.epoch());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "mark of router '%s' disappeared".formatted(batch.router()));
                }
                return row.getLong(1);
            }
        }
    }

    private static void moveMark(
            Connection connection, JournalRecord.Batch batch, long last, long missing)
            throws SQLException {
        try (var update =
                connection.prepareStatement(
                        "update journal_mark set acknowledged = ?, missing = missing + ?,"
                                + " updated_at = now() where router = ? and epoch = ?")) {
            update.setLong(1, last);
            update.setLong(2, missing);
            update.setString(3, batch.router());
            update.setLong(4, batch.epoch());
            update.executeUpdate();
        }
    }
}
