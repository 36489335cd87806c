package io.spillway.sync.log.journal;

import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.journal.Recovery.OpenReservation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The journal of one router.
///
/// Records get gapless numbers per epoch in the order they were appended. One thread writes them in
/// groups, one fsync each. After a crash a torn end is cut off and reservations without settlement
/// are settled at their reserved amount. Files go once the control plane has acknowledged them and
/// none of their reservations is open. Safe for use by many threads.
public final class Journal implements AutoCloseable {
    private final JournalDirectory directory;
    private final Recovered recovered;
    private final Backlog backlog;
    private final Intake intake;
    private final Thread writer;

    private Journal(JournalDirectory directory, String router, Settings settings, Recovery recovery)
            throws IOException {
        this.directory = directory;
        var epoch = directory.epoch();
        this.backlog = new Backlog(router, epoch, recovery.segments(), directory.acknowledged());
        this.intake = new Intake(settings, backlog, recovery.open());
        var last = recovery.segments().isEmpty() ? null : recovery.segments().getLast();
        var segments = new SegmentWriter(directory.path(), epoch, settings.segmentBytes(), last);
        this.recovered =
                new Recovered(
                        epoch,
                        recovery.tornBytes(),
                        recovery.lost(),
                        recovery.unreadable(),
                        recovery.open().size());
        this.writer =
                Thread.ofPlatform()
                        .name("journal-" + router)
                        .daemon()
                        .start(new GroupCommit(intake, backlog, segments));
    }

    /// Opens the journal in a directory, which is created when absent, and settles what a crash
    /// left open.
    ///
    /// @throws IOException when the directory cannot be used, for instance because another process
    ///   does
    public static Journal open(Path path, String router, Settings settings, InstantSource clock)
            throws IOException {
        var directory = JournalDirectory.open(path, clock.millis());
        try {
            var recovery = Recovery.of(path);
            directory.setAsideBroken(recovery);
            var journal = new Journal(directory, router, settings, recovery);
            journal.settle(List.copyOf(recovery.open().values()), clock);
            return journal;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private void settle(List<OpenReservation> open, InstantSource clock) throws IOException {
        var durable = new ArrayList<CompletableFuture<Long>>();
        for (var reservation : open) {
            var reserved = reservation.reserved();
            var settled =
                    new JournalRecord.Settled(
                            clock.instant(),
                            reserved.attemptId(),
                            "crashed",
                            0,
                            0,
                            reserved.amount(),
                            true);
            if (!(appendDurably(settled) instanceof Receipt.Accepted(var written))) {
                close();
                throw new IOException("no room to settle what the crash left open");
            }
            durable.add(written);
        }
        try {
            durable.forEach(CompletableFuture::join);
        } catch (java.util.concurrent.CompletionException e) {
            close();
            throw new IOException("cannot settle what the crash left open", e.getCause());
        }
    }

    /// What opening found and mended.
    public Recovered recovered() {
        return recovered;
    }

    /// Appends a record that nobody waits for. It is on the disk within the lazy delay.
    public Receipt append(JournalRecord entry) {
        return intake.offer(entry, false);
    }

    /// Appends a record that must be on the disk before something else may happen.
    public Receipt appendDurably(JournalRecord entry) {
        return intake.offer(entry, true);
    }

    /// The oldest durable records that were not acknowledged; empty when there are none.
    ///
    /// @param most most records of the batch
    public Optional<JournalRecord.Batch> unshipped(int most) throws IOException {
        return backlog.read(most);
    }

    /// Reads the records after number `after` that are still here, in order, acknowledged or not.
    /// Meant for the start: it reads the whole journal.
    public void forEach(long after, Consumer<JournalRecord> reader) throws IOException {
        backlog.forEach(after, reader);
    }

    /// Waits until there is something to ship.
    ///
    /// @return whether there is
    public boolean awaitUnshipped(Duration longest) throws InterruptedException {
        return intake.awaitUnshipped(longest);
    }

    /// Notes that the control plane has everything up to `seq`, and deletes what is no longer
    /// needed.
    public void acknowledge(long seq) throws IOException {
        backlog.acknowledge(seq);
        directory.saveAcknowledged(backlog.acknowledged());
        backlog.prune(intake.oldestOpen());
    }

    /// How the journal fares.
    public Stats stats() {
        return new Stats(
                recovered.epoch(),
                backlog.durable(),
                backlog.acknowledged(),
                backlog.bytes(),
                intake.openReservations(),
                intake.unrecorded(),
                intake.problem());
    }

    /// Writes what was accepted and lets the directory go.
    @Override
    public void close() throws IOException {
        intake.close();
        try {
            writer.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        directory.close();
    }

    /// What opening a journal found.
    ///
    /// @param epoch the journal's epoch
    /// @param tornBytes bytes behind the last whole record, cut off
    /// @param lostRecords records that the disk lost between others
    /// @param unreadableRecords records this version cannot read
    /// @param settledAfterCrash reservations settled at their reserved amount
    public record Recovered(
            long epoch,
            long tornBytes,
            long lostRecords,
            long unreadableRecords,
            int settledAfterCrash) {}

    /// How a journal fares.
    ///
    /// @param epoch its epoch
    /// @param durable number of the last record on the disk
    /// @param acknowledged number of the last record the control plane has
    /// @param bytes size on the disk
    /// @param openReservations reservations without settlement
    /// @param unrecorded records that were not taken
    /// @param problem why durable records are not taken at the moment, null when they are
    public record Stats(
            long epoch,
            long durable,
            long acknowledged,
            long bytes,
            int openReservations,
            long unrecorded,
            @Nullable String problem) {}
}
