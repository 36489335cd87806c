package io.spillway.control.sync;

import com.fasterxml.jackson.core.type.TypeReference;
import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.PoolLoad;
import io.spillway.control.capacity.LoadBoard;
import io.spillway.sync.capture.ChangeFeed;
import io.spillway.sync.capture.JournalIntake;
import io.spillway.sync.capture.LineSink;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What replicas may ask of the origin. Each may speak for itself only.
final class ReplicaCalls {
    private static final Logger LOG = Logger.getLogger(ReplicaCalls.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern APPLIED = Pattern.compile("([0-9]{1,18})/([0-9]{1,18})");

    private final ChangeFeed feed;
    private final JournalIntake intake;
    private final LoadBoard board;

    ReplicaCalls(ChangeFeed feed, JournalIntake intake, LoadBoard board) {
        this.feed = feed;
        this.intake = intake;
        this.board = board;
    }

    /// An answer.
    ///
    /// @param body JSON when the status is 200, else words for an operator
    record Answer(int status, String body) {}

    /// Where a replica stands.
    record Position(long epoch, long after) {}

    static Optional<Position> position(@Nullable String epoch, @Nullable String after) {
        return epoch != null
                        && after != null
                        && NUMBER.matcher(epoch).matches()
                        && NUMBER.matcher(after).matches()
                ? Optional.of(new Position(Long.parseLong(epoch), Long.parseLong(after)))
                : Optional.empty();
    }

    AutoCloseable follow(Peer peer, Position position, LineSink sink) throws IOException {
        return feed.subscribe(
                peer.name(), peer.environment(), position.epoch(), position.after(), sink);
    }

    Answer journal(Peer peer, String body) {
        try {
            var batch = Json.read(body, JournalRecord.Batch.class);
            if (!batch.router().equals(peer.name())) {
                return notOwn(peer);
            }
            return new Answer(200, "{\"acknowledged\":%d}".formatted(intake.accept(batch)));
        } catch (IllegalArgumentException e) {
            LOG.warnf("journal of %s refused: %s", peer.name(), e.getMessage());
            return new Answer(400, "the batch cannot be read");
        } catch (SQLException e) {
            LOG.warnf("journal of %s not taken in: %s", peer.name(), e.getMessage());
            return new Answer(503, "the batch cannot be stored now");
        }
    }

    Answer load(Peer peer, String body, Optional<String> applied) {
        try {
            var loads = Json.read(body, new TypeReference<List<PoolLoad>>() {});
            if (loads.stream().anyMatch(it -> !it.router().equals(peer.name()))) {
                return notOwn(peer);
            }
            board.post(loads, Instant.now());
        } catch (IllegalArgumentException e) {
            LOG.warnf("load of %s refused: %s", peer.name(), e.getMessage());
            return new Answer(400, "the report cannot be read");
        }
        applied.map(APPLIED::matcher)
                .filter(it -> it.matches())
                .ifPresent(it ->
                        feed.applied(
                                peer.name(),
                                Long.parseLong(it.group(1)),
                                Long.parseLong(it.group(2))));
        return new Answer(204, "");
    }

    private static Answer notOwn(Peer peer) {
        LOG.warnf("%s spoke for another router", peer.name());
        return new Answer(403, "a router may speak for itself only");
    }
}
