package io.spillway.sync.log.journal;

import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import io.spillway.sync.log.disk.DurableFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A journal's directory: held by one process, with the epoch and the acknowledged mark.
final class JournalDirectory implements Closeable {
    private final Path path;
    private final FileChannel lock;
    private final Mark mark;

    /// How far the control plane has acknowledged.
    record Mark(long epoch, long seq) {}

    private JournalDirectory(Path path, FileChannel lock, Mark mark) {
        this.path = path;
        this.lock = lock;
        this.mark = mark;
    }

    /// @param newEpoch epoch to use when the directory holds no records
    static JournalDirectory open(Path path, long newEpoch) throws IOException {
        Files.createDirectories(path);
        var lock =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw inUse(path);
            }
            var saved = read(path.resolve("acknowledged"));
            var held = epoch(path);
            if (held == null) {
                var floor = saved == null ? 0 : saved.epoch();
                return new JournalDirectory(path, lock, new Mark(Math.max(newEpoch, floor + 1), 0));
            }
            var acknowledged = saved != null && saved.epoch() == held ? saved.seq() : 0;
            return new JournalDirectory(path, lock, new Mark(held, acknowledged));
        } catch (OverlappingFileLockException _) {
            lock.close();
            throw inUse(path);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long epoch() {
        return mark.epoch();
    }

    /// The mark as it was when the directory was opened.
    long acknowledged() {
        return mark.seq();
    }

    void saveAcknowledged(long seq) throws IOException {
        var text = Json.write(new Mark(mark.epoch(), seq));
        DurableFile.replace(path.resolve("acknowledged"), text.getBytes(StandardCharsets.UTF_8));
    }

    /// Renames segment files whose header is torn: they hold no record that was ever durable, and
    /// their names must be free.
    void setAsideBroken(Recovery recovery) throws IOException {
        var whole =
                recovery.segments().stream()
                        .map(it -> it.segment().file())
                        .collect(Collectors.toSet());
        for (var file : segmentFiles(path)) {
            if (!whole.contains(file)) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".broken"));
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static @Nullable Mark read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Json.read(Files.readString(file), Mark.class);
        } catch (MalformedJsonException _) {
            // Without the mark everything is shipped again, and ignored as a repeat.
            return null;
        }
    }

    private static @Nullable Long epoch(Path path) throws IOException {
        for (var file : segmentFiles(path)) {
            var segment = Segment.open(file);
            if (segment != null) {
                return segment.epoch();
            }
        }
        return null;
    }

    private static List<Path> segmentFiles(Path path) throws IOException {
        try (var listing = Files.list(path)) {
            return listing.filter(Segment::isSegment).sorted().toList();
        }
    }

    private static IOException inUse(Path path) {
        return new IOException(
                "'%s' is used by another process; stop it or configure another data directory"
                        .formatted(path));
    }
}
