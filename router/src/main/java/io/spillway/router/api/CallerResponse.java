package io.spillway.router.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer to one request. Confined to one event loop.
///
/// Once a stream has begun its status is told, so whatever fails later becomes an error event; a
/// broken stream never ends in `[DONE]`.
public final class CallerResponse {
    private static final Buffer COMMENT = Buffer.buffer(": waiting\n\n");
    private static final long LINGER_MILLIS = 2_000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ConnectionGate gate;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean requestEnded;
    private boolean streaming;
    private boolean ended;
    private boolean gone;
    private int status;
    private @Nullable Runnable onGone;
    private @Nullable Runnable onOver;
    private @Nullable Runnable onDrain;
    private long stalledSince;

    CallerResponse(Vertx vertx, HttpServerRequest request, ConnectionGate gate) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.gate = gate;
        response.setWriteQueueMaxSize(64 * 1024);
        response.exceptionHandler(_ -> lost());
        response.closeHandler(_ -> lost());
    }

    /// Called once when the caller closed the connection before its answer was complete.
    public void onGone(Runnable task) {
        onGone = task;
        if (gone) {
            task.run();
        }
    }

    /// Called once when the answer is complete or nobody can receive it any more.
    void onOver(Runnable task) {
        if (over()) {
            task.run();
        } else {
            onOver = task;
        }
    }

    private void runOnOver() {
        var task = onOver;
        onOver = null;
        if (task != null) {
            task.run();
        }
    }

    /// Sets a header of the answer; without effect once the head is written.
    public void header(String name, String value) {
        headers.put(name, value);
    }

    /// Whether the head of a stream has been written.
    public boolean streaming() {
        return streaming;
    }

    /// Whether the answer is complete or nobody can receive it any more.
    public boolean over() {
        return ended || gone;
    }

    /// The status that was sent, 0 before.
    public int status() {
        return status;
    }

    /// Answers with an error: as a body, or as an event when a stream has begun.
    public void fail(ApiError error) {
        if (over()) {
            return;
        }
        if (streaming) {
            var event = Buffer.buffer("data: ").appendBytes(error.json()).appendString("\n\n");
            response.write(event);
            finish(Buffer.buffer());
            return;
        }
        if (error.retryAfterSeconds() != null) {
            header("retry-after", Long.toString(error.retryAfterSeconds()));
        }
        whole(error.status(), "application/json", error.json());
    }

    /// Answers with a whole body.
    public void whole(int code, String contentType, byte[] body) {
        if (over()) {
            return;
        }
        status = code;
        response.setStatusCode(code);
        headers.forEach(response::putHeader);
        response.putHeader("content-type", contentType);
        response.putHeader("content-length", Integer.toString(body.length));
        if (!requestEnded) {
            response.putHeader("connection", "close");
        }
        finish(Buffer.buffer(body));
    }

    /// Writes the head of a stream.
    ///
    /// @param decisionOnly whether nothing but the decision's id is known yet
    public void beginStream(boolean decisionOnly) {
        if (over() || streaming) {
            return;
        }
        streaming = true;
        status = 200;
        headers.forEach((name, value) -> {
            if (!decisionOnly || name.equals("x-spillway-decision")) {
                response.putHeader(name, value);
            }
        });
        response.putHeader("content-type", "text/event-stream; charset=utf-8");
        response.putHeader("cache-control", "no-cache");
        response.putHeader("x-accel-buffering", "no");
        response.setChunked(true);
        if (decisionOnly) {
            response.write(COMMENT);
        }
    }

    /// Keeps a waiting stream's connection alive.
    public void comment() {
        if (!over() && streaming && !response.writeQueueFull()) {
            response.write(COMMENT);
        }
    }

    /// Passes bytes of a stream.
    public void write(Buffer bytes) {
        if (!over()) {
            response.write(bytes);
        }
    }

    /// Whether the caller is behind; then `drained` is called once it has caught up.
    public boolean full(long nowNanos, Runnable drained) {
        if (over() || !response.writeQueueFull()) {
            return false;
        }
        if (stalledSince == 0) {
            stalledSince = nowNanos;
            onDrain = drained;
            response.drainHandler(_ -> drain());
        }
        return true;
    }

    private void drain() {
        stalledSince = 0;
        var task = onDrain;
        onDrain = null;
        if (task != null) {
            task.run();
        }
    }

    /// Whether the caller has not read for longer than allowed.
    public boolean stalled(Duration limit, long nowNanos) {
        return stalledSince != 0 && nowNanos - stalledSince > limit.toNanos();
    }

    /// Ends a stream.
    public void end() {
        if (!over()) {
            finish(Buffer.buffer());
        }
    }

    /// Cuts the connection.
    public void abort() {
        request.connection().close();
    }

    void requestEnded() {
        requestEnded = true;
    }

    private void finish(Buffer last) {
        ended = true;
        runOnOver();
        response.end(last)
                .onComplete(_ -> {
                    gate.answered();
                    if (!requestEnded) {
                        linger();
                    }
                });
    }

    /// Closes after the rest of the body has come or a moment has passed. Closing at once would
    /// make the caller's system throw away the answer it has not read yet.
    private void linger() {
        if (request.isEnded()) {
            var _ = request.connection().close();
            return;
        }
        long timer = vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close());
        request.handler(_ -> {});
        request.endHandler(_ -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
        request.resume();
    }

    private void lost() {
        if (!ended && !gone) {
            gone = true;
            if (onGone != null) {
                onGone.run();
            }
            runOnOver();
        }
    }
}
