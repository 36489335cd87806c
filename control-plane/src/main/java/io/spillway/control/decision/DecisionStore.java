package io.spillway.control.decision;

import io.spillway.api.decision.Explanation;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.control.database.Database;
import io.spillway.control.decision.DecisionViews.DecisionSummary;
import io.spillway.control.problem.Refusal;
import io.spillway.sync.log.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads decisions.
@ApplicationScoped
class DecisionStore {
    private static final String COLUMNS =
            "SELECT decision_id, at, router, tenant, key_id, operation, model, data_class, outcome,"
                + " status, environment, model_version, zone, endpoint, predicted_ttft_ms, ttft_ms,"
                + " queue_ms, total_ms, attempts, policy_digest, state_seq";
    private static final String LIST = COLUMNS + " FROM decision WHERE true";
    private static final String OF_OUTCOME = " AND outcome = ?";
    private static final String OF_ZONE = " AND zone = ?";
    private static final String OLDER =
            " AND (at, decision_id) < (SELECT at, decision_id FROM decision WHERE decision_id = ?)";
    private static final String NEWEST = " ORDER BY at DESC, decision_id DESC LIMIT ?";

    private final Database database;

    DecisionStore(Database database) {
        this.database = database;
    }

    /// Which decisions.
    ///
    /// @param before only those older than the decision of this id
    record Filter(@Nullable String outcome, @Nullable String zone, @Nullable String before) {}

    /// A decision with why it came out so and what it read.
    record Reasons(
            DecisionSummary decision,
            Classification classification,
            Explanation explanation,
            @Nullable DecisionFeatures features) {}

    List<DecisionSummary> newest(Filter filter, int limit) {
        var sql = new StringBuilder(LIST);
        var parameters = new ArrayList<Object>();
        if (filter.outcome() != null) {
            sql.append(OF_OUTCOME);
            parameters.add(filter.outcome().toLowerCase(Locale.ROOT));
        }
        if (filter.zone() != null) {
            sql.append(OF_ZONE);
            parameters.add(filter.zone().toLowerCase(Locale.ROOT));
        }
        if (filter.before() != null) {
            if (find(filter.before()).isEmpty()) {
                throw Refusal.invalid(
                        "before",
                        "there is no such decision",
                        "Use the id of the last item of the page before.");
            }
            sql.append(OLDER);
            parameters.add(filter.before());
        }
        parameters.add(limit);
        return database.query(
                sql.append(NEWEST).toString(), DecisionStore::summary, parameters.toArray());
    }

    Optional<Reasons> find(String id) {
        return database.first(
                COLUMNS
                        + ", classification::text AS classification, explanation::text AS"
                        + " explanation, features::text AS features FROM decision"
                        + " WHERE decision_id = ?",
                DecisionStore::reasons,
                id);
    }

    private static Reasons reasons(ResultSet row) throws SQLException {
        var features = row.getString("features");
        return new Reasons(
                summary(row),
                Json.read(row.getString("classification"), Classification.class),
                Json.read(row.getString("explanation"), Explanation.class),
                features == null ? null : Json.read(features, DecisionFeatures.class));
    }

    private static DecisionSummary summary(ResultSet row) throws SQLException {
        var environment = row.getString("environment");
        return new DecisionSummary(
                row.getString("decision_id"),
                Database.instant(row, "at"),
                row.getString("router"),
                row.getString("tenant"),
                row.getString("key_id"),
                row.getString("operation"),
                row.getString("model"),
                row.getString("data_class"),
                row.getString("outcome"),
                row.getInt("status"),
                environment == null
                        ? null
                        : new PoolKey(environment, row.getString("model_version")),
                row.getString("zone"),
                row.getString("endpoint"),
                row.getObject("predicted_ttft_ms", Long.class),
                row.getObject("ttft_ms", Long.class),
                row.getLong("queue_ms"),
                row.getLong("total_ms"),
                row.getInt("attempts"),
                row.getString("policy_digest"),
                row.getLong("state_seq"));
    }
}
