package io.spillway.connector.cloud.control.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/// Files that are whole or absent after a crash, and folders that do not grow for ever.
public final class SafeFiles {
    private static final int TAIL_BYTES = 4096;

    private SafeFiles() {}

    /// Replaces a file at once: a reader or a crash sees the old content or the new.
    public static void replace(Path file, byte[] content) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try (var channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Deletes the oldest files of a folder, so that `most` are left.
    public static void keepNewest(Path folder, int most) throws IOException {
        List<Path> files;
        try (var list = Files.list(folder)) {
            files = list.sorted(Comparator.comparingLong(SafeFiles::modified)).toList();
        }
        for (var file : files.subList(0, Math.max(0, files.size() - most))) {
            Files.deleteIfExists(file);
        }
    }

    /// The last line of a text that is not blank, empty when there is none.
    public static String lastLine(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            var tail = Channels.newInputStream(channel).readNBytes(TAIL_BYTES);
            return new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse("");
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified(); // 0 for a file that went in the meantime
    }
}
