package io.spillway.router.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/// Collects a request's body up to the limit. Its deadlines are kept by [ConnectionGate]. What it
/// holds counts against the memory for all bodies until the request is over.
final class BodyReader {
    private static final int FIRST_BUFFER = 64 * 1024;

    /// Hears how reading went; exactly one call comes, unless the connection closes first.
    interface Result {
        void done(byte[] body);

        void refused(ApiError error);
    }

    private final BodyMemory memory;
    private final int limit;
    private final Result result;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean over;

    BodyReader(BodyMemory memory, int limit, Result result) {
        this.memory = memory;
        this.limit = limit;
        this.result = result;
    }

    /// Reads the body.
    void read(HttpServerRequest request) {
        long declared = declared(request);
        if (declared > limit) {
            refuse(ApiError.tooLarge(limit));
            return;
        }
        if (!grow((int) Math.min(declared, FIRST_BUFFER))) {
            return;
        }
        request.handler(this::append);
        request.endHandler(_ -> end());
        request.resume();
    }

    /// Whether the head says that no body comes.
    static boolean isEmpty(HttpServerRequest request) {
        return declared(request) == 0 && !request.headers().contains("transfer-encoding");
    }

    /// The declared length, 0 when the body is chunked.
    static long declared(HttpServerRequest request) {
        var text = request.getHeader("content-length");
        return text == null ? 0 : Long.parseLong(text);
    }

    /// Gives back what it holds; to be called once, when the request is over.
    void forget() {
        over = true;
        memory.giveBack(bytes.length);
        bytes = new byte[0];
    }

    private void append(Buffer chunk) {
        if (over) {
            return;
        }
        int need = length + chunk.length();
        if (need > limit) {
            refuse(ApiError.tooLarge(limit));
            return;
        }
        if (need > bytes.length && !grow(Math.min(limit, Math.max(need, bytes.length * 2)))) {
            return;
        }
        chunk.getBytes(bytes, length);
        length = need;
    }

    private boolean grow(int size) {
        if (!memory.take(size - bytes.length)) {
            refuse(ApiError.noCapacity("The router holds as many request bodies as it can.", 1));
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    private void refuse(ApiError error) {
        over = true;
        result.refused(error);
    }

    private void end() {
        if (!over) {
            result.done(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
        }
    }
}
