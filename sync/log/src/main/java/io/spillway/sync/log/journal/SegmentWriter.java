package io.spillway.sync.log.journal;

import io.spillway.sync.log.journal.Recovery.Stored;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends to the newest segment. For one thread.
///
/// After a failed write or fsync nobody knows what the disk holds behind the last durable record,
/// and a later fsync may succeed without having written it. So the segment is given up there and
/// the next write begins a new one with the same numbers.
final class SegmentWriter implements Closeable {
    private final Path directory;
    private final long epoch;
    private final long segmentBytes;
    private @Nullable Stored durable;
    private long nextSeq;
    private @Nullable FileChannel channel;

    /// @param last the segment to go on with, null to begin a new one at number 1
    SegmentWriter(Path directory, long epoch, long segmentBytes, @Nullable Stored last)
            throws IOException {
        this.directory = directory;
        this.epoch = epoch;
        this.segmentBytes = segmentBytes;
        this.durable = last;
        this.nextSeq = last == null ? 1 : last.nextSeq();
        if (last != null) {
            channel = last.segment().appender(last.end());
        }
    }

    /// Writes whole frames; they are on the disk on return.
    Stored append(List<ByteBuffer> frames) throws IOException {
        var at = durable;
        var out = channel;
        if (at == null || out == null || at.end() >= segmentBytes) {
            at = begin();
            out = at.segment().appender(at.end());
            channel = out;
            durable = at;
        }
        var size = frames.stream().mapToInt(ByteBuffer::remaining).sum();
        var whole = ByteBuffer.allocate(size);
        frames.forEach(whole::put);
        Segment.writeFully(out, whole.flip());
        out.force(false);
        nextSeq += frames.size();
        durable = new Stored(at.segment(), nextSeq, at.end() + size);
        return durable;
    }

    private Stored begin() throws IOException {
        close();
        return new Stored(Segment.create(directory, epoch, nextSeq), nextSeq, Segment.HEADER);
    }

    /// Gives the segment up behind its last durable record.
    void abandon() {
        var out = channel;
        channel = null;
        if (out == null) {
            return;
        }
        try (out) {
            if (durable != null) {
                out.truncate(durable.end());
            }
        } catch (IOException _) {
            // What stays behind is ignored when the journal is read: the next segment holds the
            // same numbers.
        }
    }

    @Override
    public void close() throws IOException {
        var out = channel;
        channel = null;
        if (out != null) {
            out.close();
        }
    }
}
