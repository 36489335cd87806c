package io.spillway.sync.capture;

import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Writes journal records of one router as rows. Each statement also tolerates that its row exists,
/// which happens when the mark was lost with a restored database and the row was not.
final class JournalRows implements AutoCloseable {
    private static final String RESERVE =
            """
            insert into ledger_entry (attempt_id, router, epoch, reserved_seq, decision_id, tenant, key_id,
                model, environment, model_version, zone, endpoint, currency, reserved_nanos, reserved_at, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reserved')
            on conflict do nothing
            """;
    private static final String SETTLE =
            """
            insert into ledger_entry as entry (attempt_id, router, epoch, settled_seq, decision_id, currency,
                settled_nanos, outcome, prompt_tokens, completion_tokens, estimated, settled_at, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'settled')
            on conflict (attempt_id) do update
            set settled_seq = excluded.settled_seq, settled_nanos = excluded.settled_nanos,
                currency = excluded.currency, outcome = excluded.outcome,
                prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens,
                estimated = excluded.estimated, settled_at = excluded.settled_at, state = 'settled'
            where entry.state = 'reserved'
            """;
    private static final String DECIDE =
            """
            insert into decision (decision_id, router, epoch, seq, at, tenant, key_id, operation, model,
                data_class, outcome, status, environment, model_version, zone, endpoint, predicted_ttft_ms,
                ttft_ms, queue_ms, total_ms, attempts, state_origin, state_epoch, state_seq, policy_digest,
                classification, explanation, features)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)
            on conflict do nothing
            """;

    private final String router;
    private final long epoch;
    private final PreparedStatement reserve;
    private final PreparedStatement settle;
    private final PreparedStatement decide;

    JournalRows(Connection connection, String router, long epoch) throws SQLException {
        this.router = router;
        this.epoch = epoch;
        this.reserve = connection.prepareStatement(RESERVE);
        this.settle = connection.prepareStatement(SETTLE);
        this.decide = connection.prepareStatement(DECIDE);
    }

    void insert(long seq, JournalRecord entry) throws SQLException {
        switch (entry) {
            case JournalRecord.Reserved reserved -> reserve(seq, reserved);
            case JournalRecord.Settled settled -> settle(seq, settled);
            case JournalRecord.Decided decided -> decide(seq, decided);
        }
    }

    private void reserve(long seq, JournalRecord.Reserved it) throws SQLException {
        var row = new Row(reserve);
        row.add(it.attemptId()).add(router).add(epoch).add(seq).add(it.decisionId());
        row.add(it.tenant()).add(it.keyId()).add(it.model());
        row.add(it.pool()).add(it.zone()).add(it.endpoint());
        row.add(it.amount().currency()).add(it.amount().nanos()).add(it.at());
        reserve.executeUpdate();
    }

    private void settle(long seq, JournalRecord.Settled it) throws SQLException {
        var row = new Row(settle);
        row.add(it.attemptId()).add(router).add(epoch).add(seq).add(decisionId(it.attemptId()));
        row.add(it.amount().currency()).add(it.amount().nanos()).add(it.outcome());
        row.add(it.promptTokens()).add(it.completionTokens());
        row.add(it.estimated()).add(it.at());
        settle.executeUpdate();
    }

    private void decide(long seq, JournalRecord.Decided it) throws SQLException {
        var row = new Row(decide);
        row.add(it.decisionId()).add(router).add(epoch).add(seq).add(it.at());
        row.add(it.tenant()).add(it.keyId()).add(it.operation()).add(it.model());
        row.add(it.classification().dataClass().wire()).add(it.outcome()).add(it.status());
        row.add(it.pool()).add(it.zone()).add(it.endpoint());
        row.add(it.predictedTtftMillis()).add(it.ttftMillis());
        row.add(it.queueMillis()).add(it.totalMillis()).add(it.attempts());
        row.add(it.state().origin()).add(it.state().epoch()).add(it.state().seq());
        row.add(it.policyDigest());
        row.add(Json.write(it.classification())).add(Json.write(it.explanation()));
        row.add(it.features() == null ? null : Json.write(it.features()));
        decide.executeUpdate();
    }

    /// An attempt's id begins with its decision's.
    private static String decisionId(String attemptId) {
        var slash = attemptId.lastIndexOf('/');
        return slash < 0 ? attemptId : attemptId.substring(0, slash);
    }

    @Override
    public void close() throws SQLException {
        try (reserve;
                settle;
                decide) {
            // Closing is all.
        }
    }

    /// Sets the parameters of a statement one after the other.
    private static final class Row {
        private final PreparedStatement statement;
        private int column;

        Row(PreparedStatement statement) {
            this.statement = statement;
        }

        Row add(@Nullable Object value) throws SQLException {
            switch (value) {
                case Instant at -> statement.setTimestamp(++column, Timestamp.from(at));
                case null, default -> statement.setObject(++column, value);
            }
            return this;
        }

        Row add(@Nullable PoolKey pool) throws SQLException {
            add((Object) (pool == null ? null : pool.environment()));
            return add((Object) (pool == null ? null : pool.modelVersion()));
        }
    }
}
