package io.spillway.sync.log.link;

import io.spillway.api.state.PoolLoad;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.replica.Outcome;
import io.spillway.sync.log.replica.Replica;
import io.spillway.sync.log.replica.SnapshotStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Keeps a replica up to date from the control plane, for as long as it lives.
///
/// Starts from the disk, so that the router serves at once; then follows the change stream,
/// verifies each line, and reconnects with growing, jittered pauses when the stream ends, stalls or
/// departs from what the replica holds.
public final class ReplicaLink implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ReplicaLink.class.getName());
    private static final int LONGEST_LINE = 256 << 20;

    private final ControlPlane control;
    private final Replica replica;
    private final FrameVerifier verifier;
    private final SnapshotStore store;
    private final SnapshotKeeper keeper;
    private final InstantSource clock;
    private final Pace pace;
    private final Backoff backoff;
    private final AtomicBoolean posting = new AtomicBoolean();
    private volatile boolean closed;
    private volatile boolean connected;
    private volatile boolean stalled;
    private volatile long deadline;
    private volatile @Nullable String problem;
    private volatile @Nullable Instant lastBeaconAt;
    private final AtomicLong connections = new AtomicLong();
    private boolean wantsSnapshot;
    private @Nullable Thread follower;
    private @Nullable Thread watchdog;
    private @Nullable Thread saver;

    public ReplicaLink(
            ControlPlane control,
            Replica replica,
            FrameVerifier verifier,
            SnapshotStore store,
            InstantSource clock,
            Pace pace) {
        this.control = control;
        this.replica = replica;
        this.verifier = verifier;
        this.store = store;
        this.keeper = new SnapshotKeeper(replica, store);
        this.clock = clock;
        this.pace = pace;
        this.backoff = new Backoff(pace.random());
    }

    /// Restores the replica from the disk, then follows the control plane in the background. On
    /// return the router can serve if there was a snapshot.
    public synchronized void start() {
        if (follower != null || closed) {
            throw new IllegalStateException("a link is started once");
        }
        restore();
        follower = Thread.ofVirtual().name("sync-follow").start(this::follow);
        watchdog = Thread.ofVirtual().name("sync-watchdog").start(this::watch);
        saver = Thread.ofVirtual().name("sync-snapshot").start(keeper);
    }

    private void restore() {
        switch (store.load()) {
            case SnapshotStore.Loaded.Absent _ -> {}
            case SnapshotStore.Loaded.Refused(var reason) -> refuse(reason);
            case SnapshotStore.Loaded.Present present -> {
                if (replica.restore(present.state(), present.beacon())
                        instanceof Outcome.Refused(var reason)) {
                    refuse(reason);
                } else {
                    keeper.loaded(present);
                }
            }
        }
    }

    private void refuse(String reason) {
        keeper.refused("the saved state is not used: " + reason);
        LOG.log(Level.WARNING, "sync link: the saved state is not used: {0}", reason);
    }

    /// Reports load in the background. While a report is under way the next ones are dropped: only
    /// the newest is of use.
    public void postLoad(List<PoolLoad> loads) {
        if (closed || !posting.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().name("sync-load").start(() -> post(List.copyOf(loads)));
    }

    private void post(List<PoolLoad> loads) {
        try {
            control.load(loads, replica.state().watermark());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "sync link: load report not delivered", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            posting.set(false);
        }
    }

    /// How the link fares.
    public Status status() {
        return new Status(
                connected,
                connections.get(),
                lastBeaconAt,
                problem,
                keeper.problem(),
                replica.report());
    }

    private void follow() {
        while (!closed) {
            try {
                readStream();
            } catch (IOException e) {
                lost(stalled ? "no line in time" : e.toString());
            } catch (InterruptedException _) {
                // The watchdog or close() interrupted before the stream was open.
                lost("no answer in time");
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "sync link: unexpected failure", e);
                lost(e.toString());
            }
            connected = false;
            deadline = 0;
            pause();
        }
    }

    private void lost(String reason) {
        if (!closed) {
            problem = reason;
            LOG.log(Level.INFO, "sync link: lost, trying again: {0}", reason);
        }
    }

    private void pause() {
        // An interrupt that came late must not cut the pause.
        Thread.interrupted();
        try {
            if (!closed) {
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException _) {
            // close() ends the pause; the loop looks at `closed`.
        }
    }

    private void readStream() throws IOException, InterruptedException {
        stalled = false;
        deadline = System.nanoTime() + pace.firstLine().toNanos();
        var at = replica.applied();
        var epoch = wantsSnapshot ? 0 : at.map(it -> it.epoch()).orElse(0L);
        var after = wantsSnapshot ? 0 : at.map(it -> it.seq()).orElse(0L);
        try (var lines = new Lines(control.changes(epoch, after), LONGEST_LINE)) {
            connected = true;
            connections.incrementAndGet();
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (!take(line)) {
                    return;
                }
            }
            throw new IOException("the control plane ended the stream");
        }
    }

    /// @return whether to go on reading this stream
    private boolean take(String line) throws IOException {
        return switch (verifier.check(line)) {
            case FrameVerifier.Checked.Forged(var reason) ->
                    throw new IOException("a line was not signed by the origin: " + reason);
            case FrameVerifier.Checked.Genuine(var frame) -> take(frame, line);
        };
    }

    private boolean take(Frame frame, String line) throws IOException {
        var now = clock.instant();
        if (frame instanceof Frame.Pulse) {
            lastBeaconAt = now;
        }
        deadline = System.nanoTime() + pace.beacon().toNanos();
        switch (replica.apply(frame, now)) {
            case Outcome.Applied _ -> {
                problem = null;
                wantsSnapshot = false;
                keeper.changed();
            }
            case Outcome.NotInstalled(var reason) -> {
                problem = reason;
                wantsSnapshot = false;
                keeper.changed();
                LOG.log(Level.ERROR, "sync link: {0}; the previous state serves", reason);
            }
            case Outcome.Confirmed _ -> {
                backoff.reset();
                problem = replica.report().failure();
                keeper.confirmed(line);
            }
            case Outcome.Unchanged _ -> {}
            case Outcome.Gap(var after) -> {
                lost("change sets behind %d are missing".formatted(after));
                return false;
            }
            case Outcome.NewEpoch(var epoch) -> {
                wantsSnapshot = true;
                lost("the origin is in epoch %d".formatted(epoch));
                return false;
            }
            case Outcome.Resync(var reason) -> {
                wantsSnapshot = true;
                lost(reason);
                return false;
            }
            case Outcome.Refused(var reason) -> throw new IOException("frame refused: " + reason);
        }
        return true;
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(pace.beacon().dividedBy(20));
                var until = deadline;
                var reader = follower;
                if (until != 0 && reader != null && System.nanoTime() - until > 0) {
                    deadline = 0;
                    stalled = true;
                    reader.interrupt();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the link and saves the state once more. The replica keeps serving what it holds.
    @Override
    public synchronized void close() {
        closed = true;
        for (var thread : new Thread[] {follower, watchdog, saver}) {
            if (thread != null) {
                thread.interrupt();
                try {
                    thread.join(Duration.ofSeconds(10));
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /// How a link fares.
    ///
    /// @param connected whether a stream is open
    /// @param connections streams opened since the start
    /// @param lastBeaconAt when the last genuine beacon came, null before the first
    /// @param problem what went wrong last, null while the newest state is in force
    /// @param snapshotProblem why the newest state is not on the disk or the saved one was not used
    /// @param replica how the replica fares
    public record Status(
            boolean connected,
            long connections,
            @Nullable Instant lastBeaconAt,
            @Nullable String problem,
            @Nullable String snapshotProblem,
            Replica.Report replica) {}
}
