package io.spillway.sync.capture;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.Watermark;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The replicas that follow or once followed, by name. Safe for use by many threads.
final class Followers {
    private final DataSource dataSource;
    private final TreeMap<String, Known> known = new TreeMap<>();

    Followers(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// What is known of a replica.
    ///
    /// @param follower its stream, null when it has none
    private record Known(
            String environment,
            @Nullable Follower follower,
            long sentSeq,
            long appliedEpoch,
            long appliedSeq,
            Instant lastSeen) {

        Known seen(Instant now) {
            var sent = follower == null ? sentSeq : follower.sent();
            return new Known(environment, follower, sent, appliedEpoch, appliedSeq, now);
        }
    }

    synchronized void add(Follower follower, long epoch, long after, Instant now) {
        var before =
                known.put(
                        follower.name(),
                        new Known(follower.environment(), follower, 0, epoch, after, now));
        if (before != null && before.follower() != null) {
            before.follower().cut("the replica came back");
        }
    }

    synchronized void gone(Follower follower, Instant now) {
        known.computeIfPresent(
                follower.name(),
                (_, it) ->
                        it.follower() == follower
                                ? new Known(
                                        it.environment(),
                                        null,
                                        follower.sent(),
                                        it.appliedEpoch(),
                                        it.appliedSeq(),
                                        now)
                                : it);
    }

    synchronized void applied(String replica, long epoch, long seq, Instant now) {
        known.computeIfPresent(
                replica,
                (_, it) ->
                        new Known(it.environment(), it.follower(), it.sentSeq(), epoch, seq, now)
                                .seen(now));
    }

    synchronized void cutAll(String reason) {
        following().forEach(it -> it.cut(reason));
    }

    synchronized void cutSlow(Duration slowest) {
        following().stream()
                .filter(it -> it.isSlow(slowest))
                .forEach(it -> it.cut("it does not read"));
    }

    /// What a replica may see is settled when it connects; so it must connect again.
    synchronized void cutWhoseClearanceChanged(RegistryView view) {
        for (var follower : following()) {
            if (view.clearance(follower.environment())
                    .filter(it -> it == follower.clearance())
                    .isEmpty()) {
                follower.cut("the clearance of its environment changed");
            }
        }
    }

    synchronized Set<DataClass> clearances() {
        var clearances = EnumSet.noneOf(DataClass.class);
        following().forEach(it -> clearances.add(it.clearance()));
        return clearances;
    }

    private List<Follower> following() {
        return known.values().stream()
                .<Follower>mapMulti((it, out) -> {
                    if (it.follower() != null) {
                        out.accept(it.follower());
                    }
                })
                .toList();
    }

    synchronized List<FeedStatus.Replica> all(Watermark at) {
        return known.entrySet().stream().map(it -> status(it.getKey(), it.getValue(), at)).toList();
    }

    private static FeedStatus.Replica status(String name, Known it, Watermark at) {
        var current = it.seen(it.lastSeen());
        var held = it.appliedEpoch() == at.epoch() ? it.appliedSeq() : 0;
        return new FeedStatus.Replica(
                name,
                it.environment(),
                it.follower() != null,
                current.sentSeq(),
                it.appliedEpoch(),
                it.appliedSeq(),
                Math.max(0, at.seq() - held),
                it.lastSeen());
    }

    /// Writes down who follows, for those who look at the database.
    void save() throws SQLException {
        var rows = all(new Watermark("", 0, 0));
        if (rows.isEmpty()) {
            return;
        }
        Transaction.<Integer, SQLException>run(
                dataSource,
                connection -> {
                    try (var statement =
                            connection.prepareStatement(
                                    """
                                    insert into replica (name, environment, connected, applied_epoch, applied_seq, seen_at)
                                    values (?, ?, ?, ?, ?, ?)
                                    on conflict (name) do update
                                    set environment = excluded.environment, connected = excluded.connected,
                                        applied_epoch = excluded.applied_epoch,
                                        applied_seq = excluded.applied_seq, seen_at = excluded.seen_at
                                    """)) {
                        for (var row : rows) {
                            statement.setString(1, row.name());
                            statement.setString(2, row.environment());
                            statement.setBoolean(3, row.connected());
                            statement.setLong(4, row.appliedEpoch());
                            statement.setLong(5, row.appliedSeq());
                            statement.setTimestamp(6, Timestamp.from(row.lastSeen()));
                            statement.addBatch();
                        }
                        return statement.executeBatch().length;
                    }
                });
    }
}
