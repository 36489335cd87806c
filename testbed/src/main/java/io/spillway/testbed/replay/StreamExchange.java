package io.spillway.testbed.replay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One streamed request as its caller lives through it. Confined to the client's event loop.
final class StreamExchange {
    private final Plan.Request request;
    private final Consumer<Outcome> sink;
    private long sentAt = System.nanoTime();
    private @Nullable HttpClientResponse response;
    private @Nullable Long ttftMillis;
    private int contentEvents;
    private boolean terminated;
    private @Nullable String errorEvent;
    private boolean over;

    StreamExchange(Plan.Request request, Consumer<Outcome> sink) {
        this.request = request;
        this.sink = sink;
    }

    void sent() {
        sentAt = System.nanoTime();
    }

    void answered(HttpClientResponse answer) {
        response = answer;
        answer.exceptionHandler(this::broke);
        if (answer.statusCode() == 200) {
            answer.handler(RecordParser.newDelimited("\n", this::line));
            answer.endHandler(_ -> ended());
        } else {
            var body = Buffer.buffer();
            answer.handler(body::appendBuffer);
            answer.endHandler(_ -> refused(answer, body.toString()));
        }
        answer.resume();
    }

    void broke(Throwable cause) {
        // The message of an I/O failure names addresses and causes, never what was sent.
        end(Outcome.End.FAILED, "broken off: " + cause.getClass().getSimpleName());
    }

    private void line(Buffer buffer) {
        var line = buffer.toString();
        if (!line.startsWith("data:")) {
            if (line.startsWith("event: error")) {
                errorEvent = "";
            }
            return;
        }
        if (line.startsWith("data: [DONE]")) {
            terminated = true;
        } else if (line.startsWith("data: {\"error\"") || errorEvent != null) {
            errorEvent = code(line);
        } else {
            if (ttftMillis == null) {
                ttftMillis = (System.nanoTime() - sentAt) / 1_000_000;
            }
            contentEvents++;
        }
    }

    private void ended() {
        int expected = 1 + request.generatedTokens(); // the role, then one event a token
        if (errorEvent != null) {
            boolean shed = errorEvent.equals("no_capacity") && contentEvents == 0;
            end(
                    shed ? Outcome.End.SHED : Outcome.End.FAILED,
                    shed ? "" : "error event " + errorEvent);
        } else if (!terminated) {
            end(Outcome.End.FAILED, "stream ended without [DONE]");
        } else if (contentEvents != expected) {
            end(
                    Outcome.End.FAILED,
                    contentEvents < expected ? "stream lost events" : "stream has extra events");
        } else {
            end(Outcome.End.OK, "");
        }
    }

    private void refused(HttpClientResponse answer, String body) {
        boolean honest = answer.statusCode() == 503 && answer.getHeader("retry-after") != null;
        end(
                honest ? Outcome.End.SHED : Outcome.End.FAILED,
                honest ? "" : "status %d %s".formatted(answer.statusCode(), code(body)));
    }

    private void end(Outcome.End end, String detail) {
        if (over) {
            return;
        }
        over = true;
        var queued = header("x-spillway-queue-ms");
        sink.accept(
                new Outcome(
                        request,
                        end,
                        detail.strip(),
                        header("x-spillway-zone"),
                        header("x-spillway-decision"),
                        queued == null ? null : Long.valueOf(queued),
                        ttftMillis));
    }

    private @Nullable String header(String name) {
        return response == null ? null : response.getHeader(name);
    }

    /// The error's code, which is one of a fixed set; its message may quote the prompt.
    private static String code(String json) {
        var mark = "\"code\":\"";
        int at = json.indexOf(mark);
        int end = at < 0 ? -1 : json.indexOf('"', at + mark.length());
        return end < 0 ? "" : json.substring(at + mark.length(), end);
    }
}
