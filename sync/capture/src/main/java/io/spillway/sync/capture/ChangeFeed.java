package io.spillway.sync.capture;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.Watermark;
import io.spillway.sync.capture.Follower.Step;
import io.spillway.sync.log.FrameSigner;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Fans the outbox out to replicas, each filtered by the clearance of its environment.
///
/// [#offer] is the fast path; the outbox itself is the proof: rows are applied by number, a missing
/// one is pulled by JDBC, and every second the newest number is compared with what was applied. A
/// beacon is sent only when the feed has just seen that it holds everything. Followers read from
/// one tail in memory, so a slow one holds nothing back; one that stalls or falls out of the tail
/// is cut and comes back for a snapshot. Safe for use by many threads.
public final class ChangeFeed implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());
    private static final int PULL = 500;

    private final DataSource dataSource;
    private final Outbox outbox;
    private final FrameSigner signer;
    private final InstantSource clock;
    private final FeedSettings settings;
    private final Followers followers;

    /// One thread at a time reads the outbox; never taken while holding `lock`.
    private final ReentrantLock reading = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition tick = lock.newCondition();
    private RegistryView view;
    private final Tail tail;
    private @Nullable Pulse pulse;
    private boolean pulseWanted;
    private boolean closed;
    private @Nullable String problem;
    private long duplicates;
    private long gaps;
    private long reloads;
    private @Nullable Thread ticker;

    public ChangeFeed(
            DataSource dataSource,
            String origin,
            FrameSigner signer,
            InstantSource clock,
            FeedSettings settings) {
        this.dataSource = dataSource;
        this.outbox = new Outbox(origin);
        this.signer = signer;
        this.clock = clock;
        this.settings = settings;
        this.view = new RegistryView(new Watermark(origin, 0, 0), List.of());
        this.tail = new Tail(settings.tail());
        this.followers = new Followers(dataSource);
    }

    /// Loads the registry and begins to watch the outbox.
    public void start() throws SQLException {
        load();
        lock.lock();
        try {
            if (ticker != null || closed) {
                throw new IllegalStateException("a feed is started once");
            }
            ticker = Thread.ofVirtual().name("sync-feed").start(this::watch);
        } finally {
            lock.unlock();
        }
    }

    /// Takes a captured row. Repeats are dropped; a gap before it is pulled from the outbox.
    public void offer(OutboxRow row) {
        try {
            if (!apply(row)) {
                count(false);
                pull(row.watermark());
            }
        } catch (SQLException | IllegalStateException e) {
            failed("change sets before %d cannot be pulled".formatted(row.seq()), e);
        }
    }

    /// Lets a replica follow. The first line is a snapshot when it cannot continue.
    ///
    /// @param replica name of the replica; a stream it already has is cut
    /// @param environment environment it stands in
    /// @param epoch epoch of its state, 0 for none
    /// @param after number of its last change set
    /// @return ends the stream when closed
    /// @throws IOException when nothing may be sent to that environment; the message says why
    public AutoCloseable subscribe(
            String replica, String environment, long epoch, long after, LineSink sink)
            throws IOException {
        catchUpWith(epoch, after);
        lock.lock();
        try {
            if (closed || view.watermark().epoch() == 0) {
                throw new IOException("the feed is not running");
            }
            var clearance =
                    view.clearance(environment)
                            .orElseThrow(() ->
                                    new IOException(
                                            "replica '%s' stands in environment '%s', which is not registered"
                                                    .formatted(replica, environment)));
            var follower = new Follower(this, replica, environment, clearance, sink);
            followers.add(follower, epoch, after, clock.instant());
            follower.start(first(clearance, epoch, after));
            pulseWanted = true;
            tick.signal();
            return () -> follower.cut("closed by its listener");
        } finally {
            lock.unlock();
        }
    }

    private void catchUpWith(long epoch, long after) {
        var at = watermark();
        if (epoch > at.epoch() || (epoch == at.epoch() && after > at.seq())) {
            try {
                check();
            } catch (SQLException | IllegalStateException e) {
                failed("the outbox cannot be read", e);
            }
        }
    }

    private Step first(DataClass clearance, long epoch, long after) {
        var at = view.watermark();
        var known = after == at.seq() || (after < at.seq() && tail.get(after + 1) != null);
        if (epoch == at.epoch() && known) {
            return new Step(epoch, after, number(), null);
        }
        var line = signer.sign(view.snapshot(clearance)).toLine();
        return new Step(at.epoch(), at.seq(), number(), line);
    }

    private long number() {
        return pulse == null ? 0 : pulse.number();
    }

    /// What a follower sends next; waits until there is something.
    ///
    /// @throws IOException when the follower must come back
    Step next(Follower follower, Step last) throws InterruptedException, IOException {
        Pulse beat;
        Tail.Entry entry;
        lock.lock();
        try {
            while (true) {
                if (closed || follower.isCut() || view.watermark().epoch() != last.epoch()) {
                    throw new IOException("the stream is over");
                }
                beat = due(last);
                entry = tail.get(last.position() + 1);
                if (beat != null || last.position() < view.watermark().seq()) {
                    break;
                }
                moved.await();
            }
        } finally {
            lock.unlock();
        }
        // Signing takes longer than everything above.
        if (beat != null) {
            var line = beat.line(follower.clearance(), signer);
            return new Step(last.epoch(), last.position(), beat.number(), line);
        }
        if (entry == null) {
            throw new IOException("the replica fell too far behind");
        }
        var line = entry.line(follower.clearance(), signer);
        return new Step(last.epoch(), last.position() + 1, last.pulse(), line);
    }

    /// The beacon that belongs exactly where a follower stands. None is passed by: a beacon is made
    /// at the newest change set, and a follower cannot be ahead of that.
    private @Nullable Pulse due(Step last) {
        var beat = pulse;
        return beat != null
                        && beat.number() > last.pulse()
                        && beat.watermark().seq() == last.position()
                ? beat
                : null;
    }

    void gone(Follower follower) {
        followers.gone(follower, clock.instant());
    }

    /// Notes what a replica says is in force in it.
    public void applied(String replica, long epoch, long seq) {
        followers.applied(replica, epoch, seq, clock.instant());
    }

    /// The newest change set that followers are told of.
    public Watermark watermark() {
        lock.lock();
        try {
            return view.watermark();
        } finally {
            lock.unlock();
        }
    }

    /// How the feed fares.
    public FeedStatus status() {
        lock.lock();
        try {
            return new FeedStatus(
                    view.watermark(),
                    problem,
                    gaps,
                    duplicates,
                    reloads,
                    followers.all(view.watermark()));
        } finally {
            lock.unlock();
        }
    }

    private void load() throws SQLException {
        reading.lock();
        try {
            var loaded =
                    Transaction.<RegistryView, SQLException>snapshot(
                            dataSource,
                            connection -> {
                                outbox.setUp(connection);
                                return new RegistryView(
                                        outbox.head(connection),
                                        new Registry(connection).allStored());
                            });
            lock.lock();
            try {
                view = loaded;
                tail.clear();
                pulse = null;
                followers.cutAll("the feed was loaded anew");
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        } finally {
            reading.unlock();
        }
    }

    /// @return false when something before the row is missing
    private boolean apply(OutboxRow row) {
        var changeSet = row.changeSet();
        lock.lock();
        try {
            var at = view.watermark();
            if (row.epoch() < at.epoch() || (row.epoch() == at.epoch() && row.seq() <= at.seq())) {
                duplicates++;
                return true;
            }
            if (row.epoch() > at.epoch() || row.seq() > at.seq() + 1) {
                return false;
            }
            tail.add(changeSet, view.apply(changeSet));
            followers.cutWhoseClearanceChanged(view);
            moved.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void count(boolean reload) {
        lock.lock();
        try {
            gaps += reload ? 0 : 1;
            reloads += reload ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /// Reads what is missing up to `head` from the outbox, or everything from the registry when the
    /// outbox no longer has it or another epoch began.
    private void pull(Watermark head) throws SQLException {
        reading.lock();
        try {
            for (var at = watermark(); at.epoch() <= head.epoch(); at = watermark()) {
                if (at.epoch() == head.epoch() && at.seq() >= head.seq()) {
                    return;
                }
                var from = at;
                var rows =
                        at.epoch() < head.epoch()
                                ? List.<OutboxRow>of()
                                : Transaction.<List<OutboxRow>, SQLException>run(
                                        dataSource,
                                        it -> outbox.after(it, from.epoch(), from.seq(), PULL));
                if (rows.isEmpty() || rows.getFirst().seq() != at.seq() + 1) {
                    count(true);
                    load();
                    return;
                }
                rows.forEach(this::apply);
            }
        } finally {
            reading.unlock();
        }
    }

    private void watch() {
        var lastPulse = Instant.MIN;
        var expected = watermark();
        try {
            while (awaitTick()) {
                followers.cutSlow(settings.slowest());
                try {
                    if (isBehind(expected)) {
                        count(false);
                        LOG.log(Level.INFO, "sync: capture missed change sets; pulling them");
                        pull(expected);
                    }
                    var now = clock.instant();
                    expected = head();
                    if (takePulseWanted() || !lastPulse.plus(settings.beacon()).isAfter(now)) {
                        lastPulse = now;
                        pull(expected);
                        pulse(expected, now);
                        followers.save();
                    }
                } catch (SQLException | IllegalStateException e) {
                    failed("the outbox cannot be read", e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitTick() throws InterruptedException {
        lock.lock();
        try {
            var nanos = settings.check().toNanos();
            while (nanos > 0 && !pulseWanted && !closed) {
                nanos = tick.awaitNanos(nanos);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean takePulseWanted() {
        lock.lock();
        try {
            var wanted = pulseWanted;
            pulseWanted = false;
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /// The newest number of the outbox.
    ///
    /// @throws IllegalStateException when it is older than what followers were told
    private Watermark head() throws SQLException {
        var before = watermark();
        var head = Transaction.<Watermark, SQLException>run(dataSource, outbox::head);
        if (head.epoch() < before.epoch()
                || (head.epoch() == before.epoch() && head.seq() < before.seq())) {
            throw new IllegalStateException(
                    "it stands at epoch %d, %d, but replicas are at epoch %d, %d; after a restore begin a new epoch"
                            .formatted(head.epoch(), head.seq(), before.epoch(), before.seq()));
        }
        return head;
    }

    private boolean isBehind(Watermark expected) {
        var at = watermark();
        return at.epoch() == expected.epoch() && at.seq() < expected.seq();
    }

    /// Compares with the outbox now and pulls what is missing.
    void check() throws SQLException {
        pull(head());
    }

    private void pulse(Watermark head, Instant time) {
        lock.lock();
        try {
            var at = view.watermark();
            if (at.epoch() != head.epoch() || at.seq() < head.seq()) {
                problem =
                        "the outbox stands at epoch %d, %d and the feed at epoch %d, %d"
                                .formatted(head.epoch(), head.seq(), at.epoch(), at.seq());
                return;
            }
            var digests = new EnumMap<DataClass, String>(DataClass.class);
            followers.clearances().forEach(it -> digests.put(it, view.digest(it)));
            pulse = new Pulse(number() + 1, at, time, digests);
            problem = null;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failed(String what, Exception cause) {
        var text = what + ": " + cause.getMessage();
        LOG.log(Level.WARNING, "sync: {0}", text);
        lock.lock();
        try {
            problem = text;
        } finally {
            lock.unlock();
        }
    }

    /// Ends all streams.
    @Override
    public void close() {
        Thread watching;
        lock.lock();
        try {
            closed = true;
            watching = ticker;
            followers.cutAll("the control plane stops");
            moved.signalAll();
            tick.signalAll();
        } finally {
            lock.unlock();
        }
        if (watching != null) {
            try {
                watching.join(Duration.ofSeconds(10));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
