package io.spillway.sync.log.link;

import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.journal.Journal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Ships the journal home: oldest records first, again and again until they are acknowledged.
public final class JournalShipper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JournalShipper.class.getName());
    private static final int MOST = 500;
    private static final Duration IDLE = Duration.ofSeconds(1);

    /// Lets a few records gather, so that a busy router does not post each one alone.
    private static final Duration GATHER = Duration.ofMillis(50);

    private final ControlPlane control;
    private final Journal journal;
    private final Keeper keeper;
    private final Backoff backoff;
    private volatile boolean closed;
    private volatile @Nullable String problem;
    private @Nullable Thread thread;

    /// Remembers what the router still needs of records that the journal may forget.
    public interface Keeper {

        /// Called after the control plane has taken a batch and before the journal may forget it;
        /// must be durable on return. A batch may come twice. Failing keeps the records: they are
        /// shipped again.
        void keep(JournalRecord.Batch batch) throws IOException;
    }

    public JournalShipper(
            ControlPlane control, Journal journal, Keeper keeper, RandomGenerator random) {
        this.control = control;
        this.journal = journal;
        this.keeper = keeper;
        this.backoff = new Backoff(random);
    }

    /// Ships in the background from now on.
    public synchronized void start() {
        if (thread != null || closed) {
            throw new IllegalStateException("a shipper is started once");
        }
        thread = Thread.ofVirtual().name("sync-journal").start(this::run);
    }

    /// Why the last batch did not arrive; null when it did.
    public @Nullable String problem() {
        return problem;
    }

    private void run() {
        try {
            while (!closed) {
                if (journal.awaitUnshipped(IDLE)) {
                    Thread.sleep(GATHER);
                    ship();
                }
            }
        } catch (InterruptedException _) {
            // close() ends the loop; what was not shipped stays in the journal.
        }
    }

    private void ship() throws InterruptedException {
        try {
            var batch = journal.unshipped(MOST);
            if (batch.isEmpty()) {
                Thread.sleep(IDLE);
                return;
            }
            var acknowledged = control.journal(batch.get());
            if (acknowledged < batch.get().firstSeq()) {
                throw new IOException(
                        "the control plane acknowledged %d after a batch from %d"
                                .formatted(acknowledged, batch.get().firstSeq()));
            }
            acknowledge(batch.get(), acknowledged);
            problem = null;
            backoff.reset();
        } catch (IOException e) {
            if (closed) {
                return;
            }
            if (problem == null) {
                LOG.log(Level.INFO, "journal: not shipped, trying again: {0}", e.toString());
            }
            problem = e.toString();
            Thread.sleep(backoff.next());
        }
    }

    /// Never beyond the batch: what the keeper has not seen must stay.
    private void acknowledge(JournalRecord.Batch batch, long acknowledged) throws IOException {
        var count = Math.min(acknowledged - batch.firstSeq() + 1, batch.records().size());
        var taken = batch.records().subList(0, (int) count);
        keeper.keep(
                new JournalRecord.Batch(batch.router(), batch.epoch(), batch.firstSeq(), taken));
        journal.acknowledge(batch.firstSeq() + count - 1);
    }

    /// Stops shipping. Nothing is lost: the next start goes on.
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
