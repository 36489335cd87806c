package io.spillway.router;

import io.spillway.api.state.JournalRecord;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.sync.log.journal.Receipt;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A journal in memory. `full` makes it refuse, `hold` makes durable records wait.
public final class MemoryJournal implements AttemptLedger.Sink {
    private final Queue<JournalRecord> records = new ConcurrentLinkedQueue<>();
    private final AtomicLong seq = new AtomicLong();
    private final List<CompletableFuture<Long>> held = new CopyOnWriteArrayList<>();
    private volatile boolean full;
    private volatile @Nullable String fault;
    private volatile boolean hold;

    /// Makes it throw an exception with this message.
    void fail(String message) {
        fault = message;
    }

    @Override
    public Receipt append(JournalRecord entry) {
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        if (full) {
            return new Receipt.Full("full");
        }
        records.add(entry);
        return new Receipt.Accepted(CompletableFuture.completedFuture(seq.incrementAndGet()));
    }

    @Override
    public Receipt appendDurably(JournalRecord entry) {
        if (full || !hold) {
            return append(entry);
        }
        records.add(entry);
        var later = new CompletableFuture<Long>();
        held.add(later);
        return new Receipt.Accepted(later);
    }

    public void full(boolean now) {
        full = now;
    }

    public void hold(boolean now) {
        hold = now;
    }

    public void release() {
        held.forEach(it -> it.complete(1L));
    }

    /// The first record of a kind, once it is there: answers reach callers before their records are
    /// written.
    public <T extends JournalRecord> T first(Class<T> type) {
        Await.until("a record of " + type.getSimpleName(), () -> !of(type).isEmpty());
        return of(type).getFirst();
    }

    public <T extends JournalRecord> List<T> of(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
