package io.spillway.router;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A small model server that does what a test tells it and keeps what it received.
public final class StubServer {
    /// One request as it arrived.
    public record Received(String path, Map<String, String> headers, String body) {}

    /// What to do with a request.
    public interface Behaviour {
        void answer(HttpServerResponse response, Received request);
    }

    private final Vertx vertx;
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<HttpServerResponse> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger closedByPeer = new AtomicInteger();
    private volatile Behaviour behaviour = StubServer::greet;

    private StubServer(Vertx vertx) {
        this.vertx = vertx;
        this.server =
                vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                        .requestHandler(this::request);
    }

    public static StubServer start(Vertx vertx) {
        var stub = new StubServer(vertx);
        Await.done(stub.server.listen(0, "127.0.0.1"));
        return stub;
    }

    public StubServer answering(Behaviour next) {
        behaviour = next;
        return this;
    }

    /// Keeps what comes waiting until [#release].
    StubServer holding() {
        return answering((response, _) -> held.add(response));
    }

    /// How many requests it keeps waiting.
    int held() {
        return held.size();
    }

    /// Answers what waits and what comes.
    void release() {
        answering(StubServer::greet);
        vertx.runOnContext(_ -> {
            for (var next = held.poll(); next != null; next = held.poll()) {
                json(next, 200, SseText.ANSWER);
            }
        });
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    public List<Received> received() {
        return received;
    }

    /// Responses whose connection the peer closed before they were complete.
    public int closedByPeer() {
        return closedByPeer.get();
    }

    private void request(HttpServerRequest request) {
        if (request.path().equals("/metrics")) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.response()
                .closeHandler(_ -> {
                    if (!request.response().ended()) {
                        closedByPeer.incrementAndGet();
                    }
                });
        request.body()
                .onSuccess(body -> {
                    var headers = new TreeMap<String, String>();
                    request.headers()
                            .forEach((name, value) ->
                                    headers.put(name.toLowerCase(Locale.ROOT), value));
                    var it = new Received(request.uri(), headers, body.toString());
                    received.add(it);
                    behaviour.answer(request.response(), it);
                });
    }

    private static void greet(HttpServerResponse response, Received request) {
        if (request.body().contains("\"stream\":true")) {
            stream(response, SseText.hello());
        } else {
            json(response, 200, SseText.ANSWER);
        }
    }

    public static void json(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
    }

    /// Answers with a stream that is complete.
    public static void stream(HttpServerResponse response, List<String> events) {
        beginStream(response);
        events.forEach(event -> response.write(Buffer.buffer(event)));
        response.end();
    }

    public static void beginStream(HttpServerResponse response) {
        response.setChunked(true).putHeader("content-type", "text/event-stream; charset=utf-8");
    }
}
