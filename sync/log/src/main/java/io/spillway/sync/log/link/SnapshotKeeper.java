package io.spillway.sync.log.link;

import io.spillway.api.state.Watermark;
import io.spillway.sync.log.replica.Replica;
import io.spillway.sync.log.replica.SnapshotStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Saves the replica's state in the background: soon after a change, and now and then for a newer
/// beacon, so that a restarted router does not think its state older than it is.
final class SnapshotKeeper implements Runnable {
    private static final Logger LOG = System.getLogger(SnapshotKeeper.class.getName());
    private static final Duration AFTER_CHANGE = Duration.ofMillis(200);
    private static final Duration FOR_BEACON = Duration.ofSeconds(60);

    private final Replica replica;
    private final SnapshotStore store;
    private @Nullable String beaconLine;
    private @Nullable String savedBeacon;
    private @Nullable Watermark saved;
    private long savedAt = System.nanoTime();
    private @Nullable String problem;

    SnapshotKeeper(Replica replica, SnapshotStore store) {
        this.replica = replica;
        this.store = store;
    }

    /// Notes what is on the disk already.
    synchronized void loaded(SnapshotStore.Loaded.Present present) {
        saved = present.state().watermark();
        beaconLine = present.beaconLine();
        savedBeacon = beaconLine;
    }

    synchronized void refused(String reason) {
        problem = reason;
    }

    /// Notes that the replica changed.
    synchronized void changed() {
        notifyAll();
    }

    /// Notes the newest beacon that confirmed the replica's state.
    synchronized void confirmed(String line) {
        beaconLine = line;
        notifyAll();
    }

    /// Why the newest state is not on the disk; null when all is well.
    synchronized @Nullable String problem() {
        return problem;
    }

    @Override
    public void run() {
        try {
            while (true) {
                awaitWork();
                Thread.sleep(AFTER_CHANGE);
                save();
            }
        } catch (InterruptedException _) {
            save();
        }
    }

    private synchronized void awaitWork() throws InterruptedException {
        while (!due()) {
            wait(1_000);
        }
    }

    private boolean due() {
        var applied = replica.applied();
        if (applied.isEmpty()) {
            return false;
        }
        var newBeacon = beaconLine != null && !beaconLine.equals(savedBeacon);
        return !applied.equals(Optional.ofNullable(saved))
                || (newBeacon
                        && (savedBeacon == null
                                || System.nanoTime() - savedAt >= FOR_BEACON.toNanos()));
    }

    private void save() {
        String line;
        synchronized (this) {
            line = beaconLine;
        }
        // The line was taken first: it never describes a state newer than the one saved.
        var state = replica.saved();
        if (state.isEmpty()) {
            return;
        }
        String failure = null;
        try {
            store.save(state.get(), line);
        } catch (ClosedByInterruptException _) {
            // The link is being closed; the state is saved once more then.
            return;
        } catch (IOException e) {
            failure = "the state cannot be saved: " + e.getMessage();
            LOG.log(Level.WARNING, "sync link: {0}", failure);
        }
        synchronized (this) {
            problem = failure;
            savedAt = System.nanoTime();
            saved = state.get().watermark();
            savedBeacon = line;
        }
    }
}
