package io.spillway.sync.capture;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Runs work in one transaction: committed when it returns, rolled back when it throws.
final class Transaction {
    private Transaction() {}

    /// @param <T> its result
    /// @param <E> what it may throw besides
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run(Connection connection) throws E, SQLException;
    }

    static <T, E extends Exception> T run(DataSource dataSource, Work<T, E> work)
            throws E, SQLException {
        return run(dataSource, Connection.TRANSACTION_READ_COMMITTED, work);
    }

    /// Makes the commit of a transaction wait for the disk, whatever the server's default is.
    static void makeDurable(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local synchronous_commit = on");
        }
    }

    /// One consistent view of everything that is read.
    static <T, E extends Exception> T snapshot(DataSource dataSource, Work<T, E> work)
            throws E, SQLException {
        return run(dataSource, Connection.TRANSACTION_REPEATABLE_READ, work);
    }

    private static <T, E extends Exception> T run(
            DataSource dataSource, int isolation, Work<T, E> work) throws E, SQLException {
        try (var connection = dataSource.getConnection()) {
            var before = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(isolation);
            T result;
            try {
                result = work.run(connection);
                connection.commit();
            } catch (Throwable e) {
                restoreAfter(e, connection, before);
                throw e;
            }
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(before);
            return result;
        }
    }

    private static void restoreAfter(Throwable failure, Connection connection, int isolation) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(isolation);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
