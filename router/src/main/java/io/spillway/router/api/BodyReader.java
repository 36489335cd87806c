package io.spillway.router.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/// Collects a request's body up to the limit. Its deadlines are kept by [ConnectionGate].
final class BodyReader {
    private static final int FIRST_BUFFER = 64 * 1024;

    private final int limit;
    private final Consumer<byte[]> done;
    private final Runnable tooLarge;
    private byte[] bytes;
    private int length;
    private boolean over;

    private BodyReader(int limit, int expected, Consumer<byte[]> done, Runnable tooLarge) {
        this.limit = limit;
        this.done = done;
        this.tooLarge = tooLarge;
        this.bytes = new byte[Math.min(expected, FIRST_BUFFER)];
    }

    /// Reads the body; exactly one of the two is called, unless the connection closes first.
    static void read(
            HttpServerRequest request, int limit, Consumer<byte[]> done, Runnable tooLarge) {
        long declared = declared(request);
        if (declared > limit) {
            tooLarge.run();
            return;
        }
        var reader = new BodyReader(limit, (int) declared, done, tooLarge);
        request.handler(chunk -> reader.append(chunk));
        request.endHandler(_ -> reader.end());
        request.resume();
    }

    /// The declared length, 0 when the body is chunked.
    static long declared(HttpServerRequest request) {
        var text = request.getHeader("content-length");
        return text == null ? 0 : Long.parseLong(text);
    }

    private void append(io.vertx.core.buffer.Buffer chunk) {
        if (over) {
            return;
        }
        int need = length + chunk.length();
        if (need > limit) {
            over = true;
            bytes = new byte[0];
            tooLarge.run();
            return;
        }
        if (need > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(need, bytes.length * 2)));
        }
        chunk.getBytes(bytes, length);
        length = need;
    }

    private void end() {
        if (!over) {
            done.accept(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
        }
    }
}
