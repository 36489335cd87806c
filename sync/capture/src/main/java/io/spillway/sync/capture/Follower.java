package io.spillway.sync.capture;

import io.spillway.api.request.DataClass;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One replica that follows the feed, on a thread of its own: it asks for the next line, sends it,
/// and so goes exactly as fast as its replica reads.
final class Follower {
    private static final Logger LOG = System.getLogger(Follower.class.getName());

    private final ChangeFeed feed;
    private final String name;
    private final String environment;
    private final DataClass clearance;
    private final LineSink sink;
    private final AtomicBoolean cut = new AtomicBoolean();
    private volatile long writingSince;
    private volatile long sent;
    private volatile @Nullable Thread thread;

    Follower(ChangeFeed feed, String name, String environment, DataClass clearance, LineSink sink) {
        this.feed = feed;
        this.name = name;
        this.environment = environment;
        this.clearance = clearance;
        this.sink = sink;
    }

    String name() {
        return name;
    }

    String environment() {
        return environment;
    }

    DataClass clearance() {
        return clearance;
    }

    /// Number of the last change set sent.
    long sent() {
        return sent;
    }

    boolean isCut() {
        return cut.get();
    }

    void start(Step first) {
        thread = Thread.ofVirtual().name("sync-replica-" + name).unstarted(() -> run(first));
        thread.start();
    }

    private void run(Step first) {
        try {
            var at = first;
            while (true) {
                send(at.line());
                sent = at.position();
                at = feed.next(this, at);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "sync: replica {0} left: {1}", name, e.getMessage());
        } finally {
            cut("stream ended");
            feed.gone(this);
        }
    }

    private void send(@Nullable String line) throws IOException, InterruptedException {
        if (line != null) {
            writingSince = System.nanoTime();
            sink.line(line);
            writingSince = 0;
        }
    }

    boolean isSlow(Duration slowest) {
        var since = writingSince;
        return since != 0 && System.nanoTime() - since > slowest.toNanos();
    }

    /// Ends the stream; the replica must come back.
    void cut(String reason) {
        if (cut.compareAndSet(false, true)) {
            LOG.log(Level.DEBUG, "sync: replica {0} cut: {1}", name, reason);
            sink.close();
            var running = thread;
            if (running != null) {
                running.interrupt();
            }
        }
    }

    /// Where a follower stands.
    ///
    /// @param epoch epoch it lives in
    /// @param position number of the last change set sent
    /// @param pulse number of the last beacon sent
    /// @param line what to send to get there; null for nothing
    record Step(long epoch, long position, long pulse, @Nullable String line) {}
}
