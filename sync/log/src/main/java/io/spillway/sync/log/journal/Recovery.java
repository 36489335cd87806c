package io.spillway.sync.log.journal;

import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a journal's directory held when it was opened.
///
/// @param segments whole segments, oldest first
/// @param open reservations without a settlement by attempt, with their numbers, oldest first
/// @param tornBytes bytes cut off behind the last whole record
/// @param lost numbers that are missing between segments: the disk lost them
/// @param unreadable records that hold no JSON of ours
record Recovery(
        List<Stored> segments,
        Map<String, OpenReservation> open,
        long tornBytes,
        long lost,
        long unreadable) {

    /// A segment with what it holds.
    ///
    /// @param nextSeq number after its last record
    /// @param end offset behind its last record
    record Stored(Segment segment, long nextSeq, long end) {}

    /// A reservation that waits for its settlement.
    record OpenReservation(long seq, JournalRecord.Reserved reserved) {}

    /// Reads a directory. Changes nothing.
    static Recovery of(Path directory) throws IOException {
        List<Path> files;
        try (var listing = Files.list(directory)) {
            files = listing.filter(Segment::isSegment).sorted().toList();
        }
        var scan = new Scan();
        for (var i = 0; i < files.size(); i++) {
            // Records that a later segment holds too were given up when that one was begun.
            var next = i + 1 < files.size() ? Segment.open(files.get(i + 1)) : null;
            scan.read(files.get(i), next == null ? Long.MAX_VALUE : next.firstSeq());
        }
        return new Recovery(scan.segments, scan.open, scan.tornBytes, scan.lost, scan.unreadable);
    }

    private static final class Scan {
        private final List<Stored> segments = new ArrayList<>();
        private final Map<String, OpenReservation> open = new LinkedHashMap<>();
        private long tornBytes;
        private long lost;
        private long unreadable;

        void read(Path file, long limit) throws IOException {
            var segment = Segment.open(file);
            if (segment == null) {
                tornBytes += Files.size(file);
                return;
            }
            if (!segments.isEmpty()) {
                lost += Math.max(0, segment.firstSeq() - segments.getLast().nextSeq());
            }
            var seq = segment.firstSeq();
            try (var reader = segment.reader(Segment.HEADER)) {
                for (var payload = seq < limit ? reader.next() : null;
                        payload != null;
                        payload = seq < limit ? reader.next() : null) {
                    note(seq, payload);
                    seq++;
                }
                tornBytes += Files.size(file) - reader.offset();
                segments.add(new Stored(segment, seq, reader.offset()));
            }
        }

        private void note(long seq, byte[] payload) {
            switch (parse(payload)) {
                case JournalRecord.Reserved reserved ->
                        open.put(reserved.attemptId(), new OpenReservation(seq, reserved));
                case JournalRecord.Settled settled -> open.remove(settled.attemptId());
                case JournalRecord.Decided _ -> {}
                case null -> unreadable++;
            }
        }
    }

    /// A record's payload; null when this version cannot read it.
    static @Nullable JournalRecord parse(byte[] payload) {
        try {
            return Json.read(new String(payload, StandardCharsets.UTF_8), JournalRecord.class);
        } catch (MalformedJsonException _) {
            return null;
        }
    }
}
