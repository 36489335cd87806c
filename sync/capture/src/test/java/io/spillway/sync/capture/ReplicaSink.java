package io.spillway.sync.capture;

import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.replica.Outcome;
import io.spillway.sync.log.replica.Replica;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A replica at the other end of a stream, without the network between.
final class ReplicaSink implements LineSink {
    final Replica replica;
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    volatile boolean closed;
    private final FrameVerifier verifier;

    ReplicaSink(Replica replica, FrameVerifier verifier) {
        this.replica = replica;
        this.verifier = verifier;
    }

    @Override
    public void line(String line) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        lines.add(line);
        if (!(verifier.check(line) instanceof FrameVerifier.Checked.Genuine(var frame))) {
            throw new AssertionError("a line that the origin did not sign: " + line);
        }
        frames.add(frame);
        outcomes.add(replica.apply(frame, Instant.now()));
    }

    /// What came, without beacons.
    List<Frame> changes() {
        return frames.stream().filter(it -> !(it instanceof Frame.Pulse)).toList();
    }

    boolean confirmedAt(long seq) {
        for (var i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Confirmed
                    && frames.get(i).watermark().seq() == seq) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
