package io.spillway.control.capacity;

import io.spillway.control.capacity.FleetViews.FleetRun;
import io.spillway.control.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The log of what drivers did.
@ApplicationScoped
public class FleetRuns {
    private static final int LONGEST_DETAIL = 8_000;

    private final Database database;

    FleetRuns(Database database) {
        this.database = database;
    }

    /// Writes down that a driver starts to work.
    ///
    /// @return number of the run
    public long begin(String fleet, String action, int desired, String reason, Instant at) {
        return database.first(
                        "INSERT INTO fleet_run (fleet, started_at, action, desired, outcome,"
                                + " reason) VALUES (?, ?, ?, ?, 'running', ?) RETURNING id",
                        row -> row.getLong(1),
                        fleet,
                        at,
                        action,
                        desired,
                        reason)
                .orElseThrow();
    }

    /// Writes down how it ended.
    public void end(long run, boolean ok, String detail, Instant at) {
        database.execute(
                "UPDATE fleet_run SET ended_at = ?, outcome = ?, detail = ? WHERE id = ?",
                at,
                ok ? "ok" : "failed",
                detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail,
                run);
    }

    /// Ends runs that were going on when the control plane died.
    public void endInterrupted(Instant at) {
        database.execute(
                "UPDATE fleet_run SET ended_at = ?, outcome = 'failed', detail = 'the control plane"
                        + " ended during this run' WHERE outcome = 'running'",
                at);
    }

    /// Runs of a fleet, newest first.
    public List<FleetRun> newest(String fleet, int limit, Instant now) {
        return database.query(
                "SELECT id, started_at, ended_at, action, desired, outcome, reason, detail FROM"
                        + " fleet_run WHERE fleet = ? ORDER BY id DESC LIMIT ?",
                row -> {
                    var began = Database.instant(row, "started_at");
                    var ended = Database.instantOrNull(row, "ended_at");
                    return new FleetRun(
                            Long.toString(row.getLong("id")),
                            began,
                            row.getString("action"),
                            row.getInt("desired"),
                            row.getString("outcome"),
                            row.getString("reason"),
                            row.getString("detail"),
                            Duration.between(began, ended == null ? now : ended).toMillis());
                },
                fleet,
                limit);
    }
}
