package io.spillway.testbed.server;

import io.spillway.testbed.engine.Emission;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for text on its way through the engines, and what a fault makes of its answer.
final class Exchange {
    private final Call call;
    private final HttpServerRequest http;
    private final InferenceRequest request;
    private final Wire wire;
    private final Fault fault;
    private final EngineRoom room;
    private final EngineMetrics metrics;
    private final List<Long> works = new ArrayList<>();
    private int openChoices;
    private int cachedTokens;
    private int eventsSent;
    private boolean over;

    Exchange(
            Call call,
            InferenceRequest request,
            Fault fault,
            EngineRoom room,
            EngineMetrics metrics) {
        this.call = call;
        this.http = call.http;
        this.request = request;
        this.wire = new Wire(request, System.currentTimeMillis() / 1000);
        this.fault = fault;
        this.room = room;
        this.metrics = metrics;
        this.openChoices = request.choices().size();
    }

    /// Hands the work to the engines. The answer follows as they emit.
    void begin() {
        metrics.accepted(request);
        var response = http.response();
        call.whenGone(this::cancel);
        if (request.stream()) {
            response.setChunked(true);
            response.putHeader("content-type", "text/event-stream; charset=utf-8");
            response.write(Buffer.buffer()); // the head goes at once, as vLLM's does
        }
        for (int i = 0; i < request.choices().size(); i++) {
            int index = i;
            var choice = request.choices().get(i);
            works.add(
                    room.submit(
                            choice.prompt().count(),
                            choice.prompt().blocks(),
                            choice.reply().tokens(),
                            emission -> emitted(index, emission)));
        }
    }

    private void emitted(int index, Emission emission) {
        if (request.stream() && !over) {
            if (emission.tokens() == 1) {
                send(wire.opening(index), wire.openingEvents(index));
            }
            send(wire.token(index, emission.tokens() - 1), 1);
        }
        var ended = emission.ended();
        if (ended != null) {
            cachedTokens += ended.cachedTokens();
            metrics.finished(
                    request.choices().get(index).reply().finishReason().equals("length")
                            ? "length"
                            : "stop");
            if (--openChoices == 0) {
                finish();
            }
        }
    }

    private void send(String events, int count) {
        if (over || count == 0) {
            return;
        }
        boolean breaks = fault.kind() == Fault.Kind.CUT || fault.kind() == Fault.Kind.STALL;
        if (breaks && eventsSent + count > fault.afterEvents()) {
            over = true;
            if (fault.kind() == Fault.Kind.CUT) {
                cancel();
                http.connection().close();
            }
            return;
        }
        eventsSent += count;
        http.response().write(events);
    }

    private void finish() {
        if (over) {
            return;
        }
        var response = http.response();
        if (request.stream()) {
            send(wire.closing(cachedTokens), 1);
            if (!over) {
                end(response, null);
            }
            return;
        }
        var body = Buffer.buffer(wire.whole(cachedTokens));
        switch (fault.kind()) {
            case STALL -> over = true;
            case CUT -> {
                over = true;
                response.putHeader("content-type", "application/json");
                response.putHeader("content-length", Integer.toString(body.length()));
                response.write(body.slice(0, body.length() / 2))
                        .onComplete(_ -> http.connection().close());
            }
            default -> end(response, body);
        }
    }

    private void end(HttpServerResponse response, @Nullable Buffer body) {
        over = true;
        if (body == null) {
            response.end();
        } else {
            response.putHeader("content-type", "application/json").end(body);
        }
    }

    /// The client left: what it alone waited for is not worth computing.
    private void cancel() {
        over = true;
        works.forEach(room::cancel);
    }
}
