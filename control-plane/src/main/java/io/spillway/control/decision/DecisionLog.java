package io.spillway.control.decision;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.Classification;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.api.state.Watermark;
import io.spillway.control.ControlConfig;
import io.spillway.control.database.Database;
import io.spillway.policy.simulate.RecordedDecision;
import io.spillway.policy.simulate.RecordedState;
import io.spillway.sync.log.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decisions with everything they were made of, oldest first, and the registry's past states.
@ApplicationScoped
class DecisionLog {
    private static final String PAGE =
            """
            SELECT d.decision_id, d.at, d.tenant, d.outcome, d.state_origin, d.state_epoch, d.state_seq,
                d.policy_digest, d.classification::text AS classification, d.features::text AS features,
                used.prompt_tokens, used.completion_tokens
            FROM decision d
            LEFT JOIN LATERAL (
                SELECT CASE WHEN bool_or(e.estimated) THEN NULL ELSE sum(e.prompt_tokens) END::bigint
                        AS prompt_tokens,
                    CASE WHEN bool_or(e.estimated) THEN NULL ELSE sum(e.completion_tokens) END::bigint
                        AS completion_tokens
                FROM ledger_entry e WHERE e.decision_id = d.decision_id AND e.state = 'settled') used ON true
            WHERE d.at >= ? AND d.at < ? AND (d.at, d.decision_id) > (?, ?)
            ORDER BY d.at, d.decision_id LIMIT ?
            """;
    private static final String AT = "SELECT at FROM decision WHERE decision_id = ?";
    private static final String CHANGES =
            "SELECT payload FROM outbox WHERE origin = ? AND epoch = ? AND seq <= ? ORDER BY seq";

    private final Database database;
    private final String origin;

    DecisionLog(Database database, ControlConfig config) {
        this.database = database;
        this.origin = config.origin();
    }

    /// When a decision was recorded; empty when there is no such decision.
    Optional<Instant> at(String id) {
        return database.first(AT, row -> Database.instant(row, "at"), id);
    }

    /// The oldest decisions of a span of time behind a place in the log.
    ///
    /// @param afterAt time of the last decision that was read
    /// @param afterId its id
    List<RecordedDecision> page(
            Instant since, Instant until, Instant afterAt, String afterId, int limit) {
        return database.query(PAGE, DecisionLog::recorded, since, until, afterAt, afterId, limit);
    }

    private static RecordedDecision recorded(ResultSet row) throws SQLException {
        var features = row.getString("features");
        return new RecordedDecision(
                row.getString("decision_id"),
                Database.instant(row, "at"),
                row.getString("tenant"),
                row.getString("outcome"),
                new Watermark(
                        row.getString("state_origin"),
                        row.getLong("state_epoch"),
                        row.getLong("state_seq")),
                row.getString("policy_digest"),
                Json.read(row.getString("classification"), Classification.class),
                features == null ? null : Json.read(features, DecisionFeatures.class),
                row.getObject("prompt_tokens", Long.class),
                row.getObject("completion_tokens", Long.class));
    }

    /// What the registry said at a change set, rebuilt from all before it; empty when they are no
    /// longer kept, or never were.
    Optional<RecordedState> state(long epoch, long seq) {
        var objects = new TreeMap<String, RegistryObject>();
        long next = 1;
        for (var payload :
                database.query(CHANGES, row -> row.getString("payload"), origin, epoch, seq)) {
            var changeSet = Json.read(payload, ChangeSet.class);
            if (changeSet.seq() != next++) {
                return Optional.empty();
            }
            for (var change : changeSet.changes()) {
                var object = change.object();
                var name = change.kind() + " " + change.key();
                if (object == null) {
                    objects.remove(name);
                } else {
                    objects.put(name, object);
                }
            }
        }
        return next == seq + 1
                ? Optional.of(state(new Watermark(origin, epoch, seq), objects))
                : Optional.empty();
    }

    private static RecordedState state(Watermark watermark, Map<String, RegistryObject> objects) {
        var maskable = new HashMap<String, Set<String>>();
        of(objects, Tenant.class)
                .filter(it -> !it.maskable().isEmpty())
                .forEach(it -> maskable.put(it.name(), it.maskable()));
        return new RecordedState(
                watermark,
                of(objects, Environment.class).map(DecisionLog::asPoliciesSeeIt).toList(),
                of(objects, Model.class).toList(),
                of(objects, Pool.class).toList(),
                maskable,
                policy(of(objects, PolicyDocument.class).toList()));
    }

    private static @Nullable String policy(List<PolicyDocument> documents) {
        return documents.size() == 1 ? documents.getFirst().yaml() : null;
    }

    private static Environment asPoliciesSeeIt(Environment it) {
        return new Environment(
                it.name(),
                it.zone(),
                it.provider(),
                it.region(),
                it.dataLocations(),
                it.operatorJurisdictions(),
                it.clearance(),
                List.of(),
                null);
    }

    private static <T> Stream<T> of(Map<String, RegistryObject> objects, Class<T> type) {
        return objects.values().stream().filter(type::isInstance).map(type::cast);
    }
}
