package io.spillway.testbed.server;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The canaries that reached this server, kept and written down at once. Thread-safe.
///
/// A canary is `canary-` and 16 of `0-9a-z`. A test puts one into a request; where it turns up, the
/// request's bytes have been, whatever anybody's headers or logs say.
final class Canaries implements AutoCloseable {
    private static final byte[] MARK = "canary-".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 16;

    private final Set<String> seen = new HashSet<>();
    private final @Nullable OutputStream log;

    /// @param directory where the log goes, null for none
    /// @param name name of the log without `.log`
    Canaries(@Nullable Path directory, String name) throws IOException {
        if (directory == null) {
            log = null;
        } else {
            Files.createDirectories(directory);
            log = new FileOutputStream(directory.resolve(name + ".log").toFile(), true);
        }
    }

    synchronized Set<String> seen() {
        return Set.copyOf(seen);
    }

    private synchronized void add(String canary) {
        if (!seen.add(canary) || log == null) {
            return;
        }
        try {
            log.write((canary + "\n").getBytes(StandardCharsets.US_ASCII));
            log.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write down a received canary", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }

    /// Looks for canaries in one connection's bytes, however they are cut into reads.
    Scanner scanner() {
        return new Scanner();
    }

    /// Not thread-safe.
    final class Scanner {
        private final byte[] tail = new byte[TAIL];
        private int matched; // bytes of MARK, then of the tail

        void next(byte b) {
            if (matched >= MARK.length) {
                if ((b >= '0' && b <= '9') || (b >= 'a' && b <= 'z')) {
                    tail[matched++ - MARK.length] = b;
                    if (matched == MARK.length + TAIL) {
                        add("canary-" + new String(tail, StandardCharsets.US_ASCII));
                        matched = 0;
                    }
                    return;
                }
                if (b == '-' && tailEndsWithMark()) {
                    matched = MARK.length;
                    return;
                }
                matched = 0;
            }
            // Only the mark's first byte can begin a new match inside it: c occurs once.
            matched = b == MARK[matched] ? matched + 1 : b == MARK[0] ? 1 : 0;
        }

        /// A broken canary may itself end in the beginning of the next one.
        private boolean tailEndsWithMark() {
            int letters = MARK.length - 1;
            int end = matched - MARK.length;
            return end >= letters && Arrays.equals(tail, end - letters, end, MARK, 0, letters);
        }
    }
}
