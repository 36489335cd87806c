package io.spillway.control.capacity;

import io.spillway.api.environment.Fleet;
import io.spillway.control.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The size that each fleet is to have, and why.
@ApplicationScoped
public class Wanted {
    private static final String UPSERT =
            "INSERT INTO fleet_desired (fleet, desired, halted, at, reason) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (fleet) DO UPDATE SET desired = excluded.desired, halted ="
                    + " excluded.halted, at = excluded.at, reason = excluded.reason";

    private final Database database;

    Wanted(Database database) {
        this.database = database;
    }

    /// A wanted size.
    ///
    /// @param halted whether an operator destroyed the fleet, so that only an operator may start it
    ///   again
    public record Size(int desired, boolean halted, Instant at, String reason) {}

    /// What was last wanted of a fleet, empty for a new one.
    public Optional<Size> of(String fleet) {
        return database.first(
                "SELECT desired, halted, at, reason FROM fleet_desired WHERE fleet = ?",
                row ->
                        new Size(
                                row.getInt("desired"),
                                row.getBoolean("halted"),
                                Database.instant(row, "at"),
                                row.getString("reason")),
                fleet);
    }

    /// What a fleet should have now: never outside its present bounds.
    public int desired(Fleet fleet) {
        return of(fleet.name())
                .map(it ->
                        it.halted()
                                ? 0
                                : Math.clamp(it.desired(), fleet.minimum(), fleet.maximum()))
                .orElse(fleet.minimum());
    }

    /// Sets the size.
    public void set(String fleet, Size size) {
        database.execute(UPSERT, fleet, size.desired(), size.halted(), size.at(), size.reason());
    }

    /// Forgets a fleet that was deleted: another of its name starts afresh.
    public void forget(String fleet) {
        database.execute("DELETE FROM fleet_desired WHERE fleet = ?", fleet);
    }

    /// Sets the size in a transaction.
    public static void set(Connection connection, String fleet, Size size) throws SQLException {
        Database.execute(
                connection, UPSERT, fleet, size.desired(), size.halted(), size.at(), size.reason());
    }
}
