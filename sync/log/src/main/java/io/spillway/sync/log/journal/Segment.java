package io.spillway.sync.log.journal;

import io.spillway.sync.log.disk.DurableFile;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the journal.
///
/// A header (magic, epoch, number of the first record, CRC-32C), then records: length and CRC-32C
/// of length and payload as big-endian `int`, then the payload, a record's JSON text. Numbers of
/// records are implicit. A length that cannot be or a sum that does not fit is the end of what can
/// be trusted.
///
/// @param file the file
/// @param epoch the journal's epoch
/// @param firstSeq number of the first record
record Segment(Path file, long epoch, long firstSeq) {
    static final int HEADER = 28;
    static final int RECORD_HEADER = 8;
    static final int MAX_PAYLOAD = 1 << 20;
    private static final byte[] MAGIC = "SPWJRNL1".getBytes(StandardCharsets.US_ASCII);
    private static final String SUFFIX = ".journal";

    /// The file of a segment, so named that files sort as their records do.
    static Path file(Path directory, long firstSeq) {
        return directory.resolve("%020d%s".formatted(firstSeq, SUFFIX));
    }

    static boolean isSegment(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /// Creates the file, or empties one that holds no durable record; durable on return.
    static Segment create(Path directory, long epoch, long firstSeq) throws IOException {
        var file = file(directory, firstSeq);
        var header = ByteBuffer.allocate(HEADER).put(MAGIC).putLong(epoch).putLong(firstSeq);
        header.putInt(sum(header.array(), 0, HEADER - Integer.BYTES)).flip();
        try (var channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        DurableFile.PRIVATE)) {
            writeFully(channel, header);
            channel.force(true);
        }
        DurableFile.syncDirectory(directory);
        return new Segment(file, epoch, firstSeq);
    }

    /// Reads a header; null when it is torn or not ours.
    static @Nullable Segment open(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var in = Channels.newInputStream(channel)) {
            var bytes = in.readNBytes(HEADER);
            if (bytes.length < HEADER
                    || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                return null;
            }
            var header = ByteBuffer.wrap(bytes).position(MAGIC.length);
            var segment = new Segment(file, header.getLong(), header.getLong());
            return header.getInt() == sum(bytes, 0, HEADER - Integer.BYTES) ? segment : null;
        }
    }

    /// A channel that appends at `end`; whatever stands behind it is cut off.
    FileChannel appender(long end) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(end);
        channel.position(end);
        return channel;
    }

    /// A payload with its header.
    static ByteBuffer frame(byte[] payload) {
        var buffer = ByteBuffer.allocate(RECORD_HEADER + payload.length);
        return buffer.putInt(payload.length)
                .putInt(recordSum(payload.length, payload))
                .put(payload)
                .flip();
    }

    static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /// Reads records from an offset on.
    Reader reader(long offset) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        return new Reader(channel.position(offset), offset);
    }

    private static int sum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static int recordSum(int length, byte[] payload) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        crc.update(payload);
        return (int) crc.getValue();
    }

    /// Reads records in order.
    static final class Reader implements Closeable {
        private final InputStream in;
        private long offset;

        Reader(FileChannel channel, long offset) {
            this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            this.offset = offset;
        }

        /// The next payload; null at the end of what can be trusted.
        byte @Nullable [] next() throws IOException {
            var header = in.readNBytes(RECORD_HEADER);
            if (header.length < RECORD_HEADER) {
                return null;
            }
            var buffer = ByteBuffer.wrap(header);
            var length = buffer.getInt();
            var sum = buffer.getInt();
            if (length <= 0 || length > MAX_PAYLOAD) {
                return null;
            }
            var payload = in.readNBytes(length);
            if (payload.length < length || recordSum(length, payload) != sum) {
                return null;
            }
            offset += RECORD_HEADER + length;
            return payload;
        }

        /// Offset behind the last payload.
        long offset() {
            return offset;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
