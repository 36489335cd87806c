package io.spillway.control.database;

import java.sql.SQLException;

/// Postgres did not answer, or refused a statement.
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String state;

    public DatabaseFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        state = String.valueOf(cause.getSQLState());
    }

    /// The five characters by which SQL names the error.
    public String state() {
        return state;
    }
}
