package io.spillway.sync.log.journal;

import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.journal.Intake.Entry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The journal's only writer: takes what has gathered, writes it, waits for the disk once.
final class GroupCommit implements Runnable {
    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Intake intake;
    private final Backlog backlog;
    private final SegmentWriter segments;

    GroupCommit(Intake intake, Backlog backlog, SegmentWriter segments) {
        this.intake = intake;
        this.backlog = backlog;
        this.segments = segments;
    }

    @Override
    public void run() {
        try (segments) {
            while (intake.await(RETRY)) {
                write(intake.drain());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            intake.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "journal: closing the newest segment failed", e);
        }
    }

    private void write(List<Entry> together) {
        var entries = new ArrayList<Entry>();
        var frames = new ArrayList<ByteBuffer>();
        try {
            for (var entry : together) {
                encode(entry, entries, frames);
            }
            // Without records this tries whether the disk can be written again.
            var stored = segments.append(frames);
            var firstSeq = stored.nextSeq() - entries.size();
            backlog.extend(stored);
            intake.written(entries, firstSeq);
            for (var i = 0; i < entries.size(); i++) {
                entries.get(i).durable().complete(firstSeq + i);
            }
        } catch (IOException | RuntimeException e) {
            segments.abandon();
            LOG.log(Level.ERROR, "journal: cannot write; spilling stops until it can", e);
            var reason = "the journal cannot be written: " + e.getMessage();
            for (var entry : intake.failed(entries, reason)) {
                entry.durable().completeExceptionally(new IOException(reason, e));
            }
        }
    }

    private void encode(Entry entry, List<Entry> entries, List<ByteBuffer> frames) {
        var text = Json.writeAs(entry.entry(), JournalRecord.class);
        var payload = text.getBytes(StandardCharsets.UTF_8);
        if (payload.length > Segment.MAX_PAYLOAD) {
            intake.unwritable(entry);
            entry.durable()
                    .completeExceptionally(
                            new IOException(
                                    "a record of %d bytes is too large for the journal"
                                            .formatted(payload.length)));
            return;
        }
        frames.add(Segment.frame(payload));
        entries.add(entry);
    }
}
