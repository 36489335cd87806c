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
    private int number;

    JsonLines(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read %s".formatted(file));
        }
        counting = new Counting(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        in = new BufferedInputStream(gzip(counting) ? unzip(file) : counting, 1 << 16);
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
        while (true) {
            line.reset();
            int c = in.read();
            if (c < 0) {
                return null;
            }
            boolean blank = true;
            for (; c >= 0 && c != '\n'; c = in.read()) {
                line.write(c);
                blank &= c == ' ' || c == '\t' || c == '\r';
            }
            number++;
            if (!blank) {
                return line.toByteArray();
            }
        }
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
