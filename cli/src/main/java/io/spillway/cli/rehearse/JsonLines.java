package io.spillway.cli.rehearse;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a file, plain or gzip, one after the other. Blank lines are passed over.
final class JsonLines implements AutoCloseable {
    private final Counting counting;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private int number;

    JsonLines(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read %s".formatted(file));
        }
        counting = new Counting(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        in = gzip(counting) ? unzip(file) : counting;
    }

    private InputStream unzip(Path file) throws IOException {
        try {
            return new GZIPInputStream(counting, 1 << 16);
        } catch (IOException e) {
            counting.close();
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s begins like gzip and is not: write it anew".formatted(file));
        }
    }

    private static boolean gzip(InputStream in) throws IOException {
        in.mark(2);
        boolean magic = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return magic;
    }

    /// The next line that is not blank, null at the end.
    byte @Nullable [] next() throws IOException {
        while (fill()) {
            line.reset();
            boolean whole = false;
            while (!whole && fill()) {
                int end = at;
                while (end < filled && buffer[end] != '\n') {
                    end++;
                }
                line.write(buffer, at, end - at);
                whole = end < filled;
                at = end + 1;
            }
            number++;
            var bytes = line.toByteArray();
            if (!blank(bytes)) {
                return bytes;
            }
        }
        return null;
    }

    /// Makes sure that there is a byte to read; false at the end.
    private boolean fill() throws IOException {
        if (at >= filled) {
            filled = in.read(buffer, 0, buffer.length);
            at = 0;
        }
        return filled > 0;
    }

    private static boolean blank(byte[] bytes) {
        for (byte c : bytes) {
            if (c != ' ' && c != '\t' && c != '\r') {
                return false;
            }
        }
        return true;
    }

    /// The number of the line that [#next] gave, from 1.
    int number() {
        return number;
    }

    /// Bytes of the file that were read.
    long read() {
        return counting.count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;
        private long marked;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            count += c < 0 ? 0 : 1;
            return c;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            count += Math.max(0, n);
            return n;
        }

        @Override
        public void mark(int limit) {
            super.mark(limit);
            marked = count;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            count = marked;
        }
    }
}
