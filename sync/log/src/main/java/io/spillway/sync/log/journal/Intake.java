package io.spillway.sync.log.journal;

import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.journal.Recovery.OpenReservation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was accepted and is not on the disk yet, and the rule of what is accepted.
///
/// Room for the settlement of every open reservation is kept free, so that a journal that is full
/// can still say what was spent.
final class Intake {
    private static final int MOST_QUEUED = 1 << 16;
    private static final int MOST_TOGETHER = 4096;
    private static final long TYPICAL_BYTES = 1024;
    private static final long SETTLEMENT_BYTES = 512;
    private static final long NOT_WRITTEN = Long.MAX_VALUE;

    private final Settings settings;
    private final Backlog backlog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition shippable = lock.newCondition();
    private final Deque<Entry> queue = new ArrayDeque<>();

    /// Numbers of open reservations by attempt, in the order they are written.
    private final Map<String, Long> open = new LinkedHashMap<>();

    private int urgent;
    private long unrecorded;
    private boolean closed;
    private @Nullable String failure;

    /// @param entry the record
    /// @param wanted whether somebody waits for it
    /// @param at when it was accepted, as of [System#nanoTime]
    /// @param durable completed with its number
    record Entry(JournalRecord entry, boolean wanted, long at, CompletableFuture<Long> durable) {}

    Intake(Settings settings, Backlog backlog, Map<String, OpenReservation> open) {
        this.settings = settings;
        this.backlog = backlog;
        open.forEach((attempt, reservation) -> this.open.put(attempt, reservation.seq()));
    }

    Receipt offer(JournalRecord entry, boolean wanted) {
        lock.lock();
        try {
            var refusal = refusal(entry, wanted);
            if (refusal != null) {
                unrecorded++;
                return new Receipt.Full(refusal);
            }
            if (entry instanceof JournalRecord.Reserved reserved) {
                open.put(reserved.attemptId(), NOT_WRITTEN);
            }
            var accepted = new Entry(entry, wanted, System.nanoTime(), new CompletableFuture<>());
            queue.addLast(accepted);
            urgent += wanted ? 1 : 0;
            work.signal();
            return new Receipt.Accepted(accepted.durable());
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String refusal(JournalRecord entry, boolean wanted) {
        if (closed) {
            return "the journal is closed";
        }
        if (wanted && failure != null) {
            return failure;
        }
        if (queue.size() >= MOST_QUEUED) {
            return "%d records wait for the disk".formatted(queue.size());
        }
        var held = backlog.bytes() + queue.size() * TYPICAL_BYTES;
        var kept = open.size() * SETTLEMENT_BYTES;
        var needed =
                switch (entry) {
                    case JournalRecord.Reserved _ -> TYPICAL_BYTES + SETTLEMENT_BYTES;
                    case JournalRecord.Settled settled when open.containsKey(settled.attemptId()) ->
                            Long.MIN_VALUE / 2;
                    case JournalRecord.Settled _, JournalRecord.Decided _ -> TYPICAL_BYTES;
                };
        return held + kept + needed > settings.maxBytes()
                ? "the journal has reached its %d bytes; the control plane must take it in"
                        .formatted(settings.maxBytes())
                : null;
    }

    /// Waits for records to write. After a failure it waits no longer than `retry`, so that the
    /// disk is tried again although nobody may write.
    ///
    /// @return false when the journal is closed and all is written
    boolean await(Duration retry) throws InterruptedException {
        lock.lock();
        try {
            var until = System.nanoTime() + retry.toNanos();
            while (!closed && failure != null && until - System.nanoTime() > 0) {
                work.awaitNanos(until - System.nanoTime());
            }
            while (queue.isEmpty() && !closed && failure == null) {
                work.await();
            }
            for (var left = lazyNanos(); left > 0; left = lazyNanos()) {
                work.awaitNanos(left);
            }
            return !closed || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// The next records to write together.
    List<Entry> drain() {
        lock.lock();
        try {
            var together = new ArrayList<Entry>();
            while (!queue.isEmpty() && together.size() < MOST_TOGETHER) {
                var next = queue.removeFirst();
                urgent -= next.wanted() ? 1 : 0;
                together.add(next);
            }
            return together;
        } finally {
            lock.unlock();
        }
    }

    private long lazyNanos() {
        var oldest = queue.peekFirst();
        return oldest == null || closed || urgent > 0 || queue.size() >= MOST_TOGETHER
                ? 0
                : oldest.at() + settings.lazyDelay().toNanos() - System.nanoTime();
    }

    /// Notes that records are on the disk, the first of them with number `firstSeq`.
    void written(List<Entry> entries, long firstSeq) {
        lock.lock();
        try {
            failure = null;
            for (var i = 0; i < entries.size(); i++) {
                switch (entries.get(i).entry()) {
                    case JournalRecord.Reserved reserved ->
                            open.replace(reserved.attemptId(), firstSeq + i);
                    case JournalRecord.Settled settled -> open.remove(settled.attemptId());
                    case JournalRecord.Decided _ -> {}
                }
            }
            shippable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Notes that records could not be written. Those nobody waits for are tried again.
    ///
    /// @return those that somebody waits for
    List<Entry> failed(List<Entry> entries, String reason) {
        lock.lock();
        try {
            failure = reason;
            var given = new ArrayList<Entry>();
            for (var entry : entries.reversed()) {
                if (entry.wanted() || closed) {
                    given.add(entry);
                    drop(entry);
                } else {
                    queue.addFirst(entry);
                }
            }
            return given;
        } finally {
            lock.unlock();
        }
    }

    /// Notes that a record will never be written.
    void unwritable(Entry entry) {
        lock.lock();
        try {
            drop(entry);
        } finally {
            lock.unlock();
        }
    }

    private void drop(Entry entry) {
        unrecorded++;
        if (entry.entry() instanceof JournalRecord.Reserved reserved) {
            open.remove(reserved.attemptId());
        }
    }

    boolean awaitUnshipped(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            var nanos = longest.toNanos();
            while (backlog.durable() <= backlog.acknowledged() && nanos > 0) {
                nanos = shippable.awaitNanos(nanos);
            }
            return backlog.durable() > backlog.acknowledged();
        } finally {
            lock.unlock();
        }
    }

    /// Number of the oldest reservation without settlement; larger than any when there is none.
    long oldestOpen() {
        lock.lock();
        try {
            return open.isEmpty() ? NOT_WRITTEN : open.values().iterator().next();
        } finally {
            lock.unlock();
        }
    }

    int openReservations() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    long unrecorded() {
        lock.lock();
        try {
            return unrecorded;
        } finally {
            lock.unlock();
        }
    }

    /// Why a paid dispatch could not be recorded now; null when it could.
    @Nullable String problem() {
        lock.lock();
        try {
            if (failure != null || closed) {
                return closed ? "the journal is closed" : failure;
            }
            var held = backlog.bytes() + queue.size() * TYPICAL_BYTES;
            var needed = (open.size() + 1) * SETTLEMENT_BYTES + TYPICAL_BYTES;
            return held + needed > settings.maxBytes()
                    ? "the journal is full at %d bytes".formatted(held)
                    : null;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            shippable.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
