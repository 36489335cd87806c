package io.spillway.router.accounting;

import io.spillway.api.state.JournalRecord;
import io.spillway.router.accounting.BudgetBook.Spent;
import io.spillway.router.accounting.BudgetBook.Standing;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import io.spillway.sync.log.disk.DurableFile;
import io.spillway.sync.log.journal.Journal;
import io.spillway.sync.log.link.JournalShipper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// Carries the month's spending over restarts: the sum of all records up to a number stands in a
/// file, the journal holds those after it.
///
/// The file follows the journal's records and not the live book, so that at start every record
/// counts exactly once, whatever moment the router was killed at: the file is replaced before the
/// journal may forget, and it says up to which record it counts.
public final class SavedBudgets implements JournalShipper.Keeper {
    private final Path file;
    private final InstantSource clock;
    private final long epoch;
    private final BudgetBook told = new BudgetBook();
    private final BudgetBook live = new BudgetBook();
    private long seq;

    /// The file.
    ///
    /// @param epoch the journal's epoch
    /// @param seq number of the last record that is counted
    record Saved(long epoch, long seq, Standing standing) {}

    private SavedBudgets(Path file, InstantSource clock, long epoch, Saved saved) {
        this.file = file;
        this.clock = clock;
        this.epoch = epoch;
        this.seq = saved.epoch() == epoch ? saved.seq() : 0;
        told.restore(saved.standing());
        if (saved.epoch() != epoch) {
            // That journal is gone, and with it every later word on what was open.
            settleOpen(told);
        }
    }

    /// Opens the book of a journal that was just opened.
    ///
    /// @throws IOException when the file or the journal cannot be read: without them budgets could
    ///   be spent twice
    public static SavedBudgets open(Path file, Journal journal, InstantSource clock)
            throws IOException {
        var saved = new SavedBudgets(file, clock, journal.recovered().epoch(), read(file));
        saved.live.restore(saved.told.standing());
        journal.forEach(saved.seq, saved.live::replay);
        // The journal settled what a crash left open; what is open still was lost by the disk.
        settleOpen(saved.live);
        return saved;
    }

    private static Saved read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Saved(0, 0, Standing.NOTHING);
        }
        try {
            return Json.read(Files.readString(file), Saved.class);
        } catch (MalformedJsonException e) {
            throw new IOException(
                    "'%s' says what tenants have spent and cannot be read (%s); restore it, or remove it to go on with what the journal still holds: tenants may then spend this month's earlier part again"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static void settleOpen(BudgetBook book) {
        book.open().forEach(it -> book.settle(it.attemptId(), it.amount()));
    }

    /// The book to reserve and settle in.
    public BudgetBook book() {
        return live;
    }

    @Override
    public synchronized void keep(JournalRecord.Batch batch) throws IOException {
        var number = batch.firstSeq();
        for (var it : batch.records()) {
            if (number > seq) {
                told.replay(it);
                seq = number;
            }
            number++;
        }
        var text = Json.write(new Saved(epoch, seq, recent(told.standing())));
        DurableFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Nothing is granted any more in months that are over; one is left for late settlements.
    private Standing recent(Standing all) {
        var oldest = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).minusMonths(1);
        var spent = all.spent().stream().filter((Spent it) -> !it.month().isBefore(oldest));
        return new Standing(spent.toList(), all.open());
    }
}
