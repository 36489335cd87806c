package io.spillway.control.ledger;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.control.database.Database;
import io.spillway.control.ledger.LedgerViews.EnvironmentSpend;
import io.spillway.control.ledger.LedgerViews.LedgerEntry;
import io.spillway.control.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the ledger.
@ApplicationScoped
public class LedgerStore {
    private static final String COLUMNS =
            "SELECT attempt_id, decision_id, coalesce(reserved_at, settled_at) AS at, settled_at,"
                + " tenant, key_id, model, environment, model_version, zone, endpoint, currency,"
                + " reserved_nanos, settled_nanos, outcome, prompt_tokens, completion_tokens,"
                + " estimated FROM ledger_entry ";
    private static final String NEWEST =
            "ORDER BY coalesce(settled_at, reserved_at) DESC, attempt_id DESC LIMIT ?";
    private static final String OLDER =
            "WHERE (coalesce(settled_at, reserved_at), attempt_id) < (SELECT coalesce(settled_at,"
                    + " reserved_at), attempt_id FROM ledger_entry WHERE attempt_id = ?) ";
    private static final String SUMMARY =
            "SELECT coalesce(environment, '') AS environment, currency, max(zone) AS zone, count(*)"
                + " AS attempts, coalesce(sum(prompt_tokens), 0) AS prompt_tokens,"
                + " coalesce(sum(completion_tokens), 0) AS completion_tokens,"
                + " coalesce(sum(settled_nanos), 0) AS settled, coalesce(sum(reserved_nanos) FILTER"
                + " (WHERE state = 'reserved'), 0) AS open FROM ledger_entry GROUP BY 1, 2 ORDER BY"
                + " 1, 2";

    private final Database database;

    LedgerStore(Database database) {
        this.database = database;
    }

    List<LedgerEntry> newest(int limit, @Nullable String before) {
        if (before == null) {
            return database.query(COLUMNS + NEWEST, LedgerStore::entry, limit);
        }
        var known =
                database.first(
                        "SELECT 1 FROM ledger_entry WHERE attempt_id = ?",
                        row -> row.getInt(1),
                        before);
        if (known.isEmpty()) {
            throw Refusal.invalid(
                    "before",
                    "there is no such attempt",
                    "Use the attemptId of the last item of the page before.");
        }
        return database.query(COLUMNS + OLDER + NEWEST, LedgerStore::entry, before, limit);
    }

    /// The attempts of one decision, in order.
    public List<LedgerEntry> ofDecision(String decisionId) {
        return database.query(
                COLUMNS + "WHERE decision_id = ? ORDER BY length(attempt_id), attempt_id",
                LedgerStore::entry,
                decisionId);
    }

    List<EnvironmentSpend> summary() {
        return database.query(
                SUMMARY,
                row -> {
                    var currency = row.getString("currency");
                    return new EnvironmentSpend(
                            row.getString("environment"),
                            row.getString("zone"),
                            row.getLong("attempts"),
                            sum(row, "prompt_tokens"),
                            sum(row, "completion_tokens"),
                            new Money(sum(row, "settled"), currency),
                            new Money(sum(row, "open"), currency));
                });
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        var environment = row.getString("environment");
        return new LedgerEntry(
                row.getString("attempt_id"),
                row.getString("decision_id"),
                Database.instant(row, "at"),
                Database.instantOrNull(row, "settled_at"),
                row.getString("tenant"),
                row.getString("key_id"),
                row.getString("model"),
                environment == null
                        ? null
                        : new PoolKey(environment, row.getString("model_version")),
                row.getString("zone"),
                row.getString("endpoint"),
                money(number(row, "reserved_nanos"), currency),
                money(number(row, "settled_nanos"), currency),
                row.getString("outcome"),
                number(row, "prompt_tokens"),
                number(row, "completion_tokens"),
                Objects.requireNonNullElse(row.getObject("estimated", Boolean.class), false));
    }

    /// Postgres sums into a numeric, which a long must hold exactly or not at all.
    private static long sum(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).longValueExact();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    private static @Nullable Money money(@Nullable Long nanos, String currency) {
        return nanos == null ? null : new Money(nanos, currency);
    }
}
