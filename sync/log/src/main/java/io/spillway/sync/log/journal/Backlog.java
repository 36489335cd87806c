package io.spillway.sync.log.journal;

import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.journal.Recovery.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The durable records, by segment: what is still to be shipped and which files may go.
///
/// One thread appends, another one reads and acknowledges; the lock is never held over the disk.
final class Backlog {
    private final String router;
    private final long epoch;
    private final Deque<Stored> segments;
    private long acknowledged;

    /// Where reading goes on: behind the last acknowledged record that was read.
    private Cursor cursor = new Cursor(0, 0, 0);

    /// A place between two records.
    private record Cursor(long segment, long offset, long seq) {}

    /// A batch and where it ends.
    private record Part(JournalRecord.Batch batch, Cursor end) {}

    private Optional<Part> last = Optional.empty();

    Backlog(String router, long epoch, List<Stored> segments, long acknowledged) {
        this.router = router;
        this.epoch = epoch;
        this.segments = new ArrayDeque<>(segments);
        this.acknowledged = acknowledged;
    }

    /// Notes that a segment now holds more, or that a new one was begun.
    synchronized void extend(Stored stored) {
        if (!segments.isEmpty()
                && segments.getLast().segment().firstSeq() == stored.segment().firstSeq()) {
            segments.removeLast();
        }
        segments.addLast(stored);
    }

    synchronized long bytes() {
        return segments.stream().mapToLong(Stored::end).sum();
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized long durable() {
        return segments.isEmpty() ? acknowledged : segments.getLast().nextSeq() - 1;
    }

    /// The oldest records not acknowledged, without gaps; empty when there are none.
    Optional<JournalRecord.Batch> read(int most) throws IOException {
        for (var stored : unacknowledged()) {
            var part = read(stored, most);
            if (part.isPresent()) {
                synchronized (this) {
                    last = part;
                }
                return part.map(Part::batch);
            }
        }
        return Optional.empty();
    }

    /// Reads all records after a number that are on the disk, acknowledged or not.
    void forEach(long after, Consumer<JournalRecord> reader) throws IOException {
        for (var stored : held()) {
            var seq = stored.segment().firstSeq();
            try (var payloads = stored.segment().reader(Segment.HEADER)) {
                for (; seq < stored.nextSeq(); seq++) {
                    var payload = payloads.next();
                    if (payload == null) {
                        throw unreadable(seq, stored);
                    }
                    var parsed = seq > after ? Recovery.parse(payload) : null;
                    if (parsed != null) {
                        reader.accept(parsed);
                    }
                }
            }
        }
    }

    private synchronized List<Stored> held() {
        return List.copyOf(segments);
    }

    private static IOException unreadable(long seq, Stored stored) {
        return new IOException(
                "record %d of '%s' was readable before and is not now"
                        .formatted(seq, stored.segment().file()));
    }

    private synchronized List<Stored> unacknowledged() {
        return segments.stream().filter(it -> it.nextSeq() > acknowledged + 1).toList();
    }

    private Optional<Part> read(Stored stored, int most) throws IOException {
        var records = new ArrayList<JournalRecord>();
        var from = start(stored);
        var known = acknowledged();
        var seq = from.seq();
        var first = seq;
        try (var reader = stored.segment().reader(from.offset())) {
            while (records.size() < most && seq < stored.nextSeq()) {
                var payload = reader.next();
                if (payload == null) {
                    throw unreadable(seq, stored);
                }
                var wanted = seq > known;
                var parsed = wanted ? Recovery.parse(payload) : null;
                if (wanted && parsed == null && !records.isEmpty()) {
                    break;
                }
                seq++;
                if (parsed == null) {
                    first = seq;
                } else {
                    records.add(parsed);
                }
            }
            var end = new Cursor(stored.segment().firstSeq(), reader.offset(), seq);
            return records.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Part(new JournalRecord.Batch(router, epoch, first, records), end));
        }
    }

    private synchronized Cursor start(Stored stored) {
        var firstSeq = stored.segment().firstSeq();
        return cursor.segment() == firstSeq && cursor.offset() > 0
                ? cursor
                : new Cursor(firstSeq, Segment.HEADER, firstSeq);
    }

    /// Notes that the control plane has everything up to `seq`.
    synchronized void acknowledge(long seq) {
        acknowledged = Math.max(acknowledged, Math.min(seq, durable()));
        last.map(Part::end).filter(it -> it.seq() <= acknowledged + 1).ifPresent(it -> cursor = it);
    }

    /// Deletes files whose records are all acknowledged and older than `keepFrom`. The newest
    /// stays: it holds the epoch and the numbering.
    void prune(long keepFrom) throws IOException {
        for (var file : removable(keepFrom)) {
            Files.deleteIfExists(file);
        }
    }

    private synchronized List<Path> removable(long keepFrom) {
        var files = new ArrayList<Path>();
        while (segments.size() > 1
                && segments.getFirst().nextSeq() <= Math.min(acknowledged + 1, keepFrom)) {
            files.add(segments.removeFirst().segment().file());
        }
        return files;
    }
}
