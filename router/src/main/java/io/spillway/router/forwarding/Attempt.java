package io.spillway.router.forwarding;

import io.netty.util.NetUtil;
import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.state.Watermark;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One request under way to a model server. Confined to one event loop.
public final class Attempt {
    private static final int MAX_ERROR_BODY = 64 * 1024;

    private final OutboundCall call;
    private final AttemptListener listener;
    private final ForwardingSettings settings;
    private final EventFramer framer;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private boolean ended;
    private boolean paused;
    private boolean sent;
    private long lastBytesNanos;

    Attempt(OutboundCall call, AttemptListener listener, ForwardingSettings settings) {
        this.call = call;
        this.listener = listener;
        this.settings = settings;
        this.framer = new EventFramer(call.observer(), call.dropUsage(), call.edit());
    }

    /// Whether the request was written: from then on it may have cost something.
    public boolean sent() {
        return sent;
    }

    /// Stops reading from the server until [#resume].
    public void pause() {
        paused = true;
        if (response != null) {
            response.pause();
        }
    }

    /// Reads on.
    public void resume() {
        paused = false;
        if (response != null) {
            response.resume();
        }
    }

    /// Closes the connection to the server, which stops its work. The listener hears no more.
    public void cancel() {
        ended = true;
        reset();
    }

    /// Ends the attempt when its stream has been silent for too long.
    public void checkSilence(long nowNanos) {
        if (lastBytesNanos == 0 || paused) {
            lastBytesNanos = framer.events() == 0 ? 0 : nowNanos;
        } else if (nowNanos - lastBytesNanos > settings.silence().toNanos()) {
            broken("stalled");
        }
    }

    void write(HttpClientRequest ready, EgressPermit permit, Watermark inForce, long nowNanos) {
        request = ready;
        if (ended) {
            reset();
            return;
        }
        var body = permit.body();
        var refused = permit.spend(body, inForce, nowNanos);
        if (refused == null && !connectedTo(ready, permit)) {
            refused = "address-changed";
        }
        if (refused != null) {
            reset();
            end(
                    refused.equals(EgressPermit.STATE_CHANGED)
                            ? new AttemptEnd.Outdated()
                            : new AttemptEnd.NotPermitted(refused));
            return;
        }
        sent = true;
        ready.exceptionHandler(_ -> broken("reset"));
        ready.send(Buffer.buffer(body))
                // Bytes that arrive before the handlers stand would be lost: hold them first.
                .map(it -> {
                    it.pause();
                    return it;
                })
                .onSuccess(this::read)
                .onFailure(_ -> broken("reset"));
    }

    private static boolean connectedTo(HttpClientRequest request, EgressPermit permit) {
        var remote = request.connection().remoteAddress();
        var host = remote == null ? null : remote.hostAddress();
        var bytes = host == null ? null : NetUtil.createByteArrayFromIpAddressString(host);
        return bytes != null && Arrays.equals(bytes, permit.address().getAddress());
    }

    private void read(HttpClientResponse it) {
        response = it;
        if (ended) {
            reset();
            return;
        }
        it.exceptionHandler(_ -> broken("truncated"));
        if (it.statusCode() != 200) {
            collect(it, MAX_ERROR_BODY, body -> refused(it, body));
        } else if (call.stream() && isEventStream(it)) {
            it.handler(this::events);
            it.endHandler(_ -> streamEnd());
        } else {
            collect(it, settings.maxAnswerBytes(), body -> whole(it, body));
        }
        if (!paused) {
            it.resume();
        }
    }

    private static boolean isEventStream(HttpClientResponse response) {
        var type = response.getHeader("content-type");
        return type != null && type.startsWith("text/event-stream");
    }

    private void events(Buffer chunk) {
        if (ended) {
            return;
        }
        lastBytesNanos = 0;
        Buffer out;
        try {
            out = framer.feed(chunk);
        } catch (RuntimeException e) {
            // An observer that fails, or an event without end: the stream cannot be followed on.
            broken("unreadable");
            return;
        }
        if (out.length() > 0) {
            listener.events(out);
        }
    }

    private void streamEnd() {
        if (framer.done() || framer.error()) {
            end(new AttemptEnd.Complete());
        } else {
            broken("truncated");
        }
    }

    private interface BodyHandler {
        void body(Buffer body);
    }

    private void collect(HttpClientResponse it, int limit, BodyHandler next) {
        var body = Buffer.buffer();
        it.handler(chunk -> {
            if (body.length() + chunk.length() > limit) {
                broken("too-large");
            } else {
                body.appendBuffer(chunk);
            }
        });
        it.endHandler(_ -> {
            if (!ended) {
                next.body(body);
            }
        });
    }

    private void whole(HttpClientResponse it, Buffer body) {
        var bytes = body.getBytes();
        byte[] passed;
        try {
            call.observer().body(bytes);
            var edit = call.edit();
            passed = edit == null ? bytes : edit.body(bytes);
        } catch (RuntimeException e) {
            broken("unreadable");
            return;
        }
        var type = it.getHeader("content-type");
        listener.whole(type == null ? "application/json" : type, passed);
        end(new AttemptEnd.Complete());
    }

    private void refused(HttpClientResponse it, Buffer body) {
        UpstreamFailure failure;
        if (it.statusCode() < 400) {
            // A redirect is never followed: it could lead anywhere.
            failure =
                    new UpstreamFailure(
                            UpstreamFailure.Kind.SERVER_ERROR,
                            it.statusCode(),
                            "unexpected answer");
        } else {
            failure = call.dialect().failure(it.statusCode(), body.getBytes());
        }
        end(new AttemptEnd.Refused(failure, retryAfter(it.getHeader("retry-after"))));
    }

    private static OptionalLong retryAfter(@Nullable String seconds) {
        return seconds != null && seconds.matches("[0-9]{1,5}")
                ? OptionalLong.of(Long.parseLong(seconds) * 1000)
                : OptionalLong.empty();
    }

    void broken(String reason) {
        if (!ended) {
            reset();
            end(new AttemptEnd.Broken(reason));
        }
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }

    private void end(AttemptEnd end) {
        if (!ended) {
            ended = true;
            listener.ended(end);
        }
    }
}
