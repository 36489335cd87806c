package io.spillway.sync.log.link;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines of UTF-8 text with a limit on their length.
final class Lines implements Closeable {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// The next whole line without its end; null when the stream is over. A last line without an
    /// end was cut and is not returned.
    @Nullable String next() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            for (var i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, from, i - from);
                    from = i + 1;
                    return line.toString(StandardCharsets.UTF_8);
                }
            }
            line.write(buffer, from, to - from);
            if (line.size() > longest) {
                throw new IOException("a line is longer than %d bytes".formatted(longest));
            }
            from = 0;
            to = Math.max(0, in.read(buffer));
            if (to == 0) {
                return null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
