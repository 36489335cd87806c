package io.spillway.control.sync;

import io.spillway.api.state.Watermark;
import io.spillway.control.database.Database;
import io.spillway.sync.capture.ChangeFeed;
import io.spillway.sync.capture.FeedStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Who follows this origin: those seen since the start as the feed knows them, the others as they
/// were last seen.
@ApplicationScoped
public class Replicas {
    private final Database database;
    private final Origin origin;

    Replicas(Database database, Origin origin) {
        this.database = database;
        this.origin = origin;
    }

    /// All replicas.
    ///
    /// @param newest the newest change set
    public List<Replica> all(Watermark newest) {
        var byName = new TreeMap<String, Replica>();
        stored(newest).forEach(it -> byName.put(it.name(), it));
        origin.feed()
                .map(ChangeFeed::status)
                .map(FeedStatus::replicas)
                .orElse(List.of())
                .forEach(it ->
                        byName.put(
                                it.name(),
                                replica(
                                        it.name(),
                                        it.environment(),
                                        it.connected(),
                                        new Watermark(
                                                newest.origin(),
                                                it.appliedEpoch(),
                                                it.appliedSeq()),
                                        newest,
                                        it.lastSeen())));
        return List.copyOf(byName.values());
    }

    private List<Replica> stored(Watermark newest) {
        return database.query(
                "SELECT name, environment, applied_epoch, applied_seq, seen_at FROM replica",
                row ->
                        replica(
                                row.getString("name"),
                                row.getString("environment"),
                                false,
                                new Watermark(
                                        newest.origin(),
                                        row.getLong("applied_epoch"),
                                        row.getLong("applied_seq")),
                                newest,
                                Database.instantOrNull(row, "seen_at")));
    }

    private static Replica replica(
            String name,
            String environment,
            boolean connected,
            Watermark applied,
            Watermark newest,
            @Nullable Instant seen) {
        var seq = applied.epoch() == newest.epoch() ? applied.seq() : 0;
        return new Replica(
                name, environment, connected, seq, Math.max(0, newest.seq() - seq), seen);
    }

    /// A replica.
    @Schema(description = "A replica, normally a router.")
    public record Replica(
            @Schema(description = "Its name, from its certificate.") String name,
            @Schema(description = "The environment it stands in, from its certificate.")
                    String environment,
            @Schema(description = "Whether its change stream is open.") boolean connected,
            @Schema(
                            description =
                                    "The last change set in force there; 0 when it is in another"
                                            + " epoch.")
                    long appliedSeq,
            @Schema(description = "Change sets it has still to apply.") long lag,
            @Schema(description = "When it was last heard of.") @Nullable Instant lastSeen) {}
}
