package io.spillway.testbed.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.testbed.engine.Emission;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Takes requests, as a route table and a body reader, and answers or hands them on.
final class Desk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY = 32 << 20;
    private static final int EMBEDDING_SIZE = 64;
    private static final int MOST_DIMENSIONS = 4096;

    private final ServerOptions options;
    private final Vertx vertx;
    private final RequestReader reader;
    private final EngineRoom room;
    private final EngineMetrics metrics;
    private final Faults faults;
    private final Receipts receipts;
    private final Runnable die;
    private final long readyAt;
    private final long startedMillis = System.currentTimeMillis();
    private int inFlight;

    Desk(ServerOptions options, Vertx vertx, Faults faults, Receipts receipts, Runnable die) {
        this.options = options;
        this.vertx = vertx;
        this.faults = faults;
        this.receipts = receipts;
        this.die = die;
        this.reader = new RequestReader(options.model, options.maxModelLen);
        this.metrics = new EngineMetrics(options.maxModelLen);
        this.room = new EngineRoom(vertx, options.engineSettings(), options.engines, metrics);
        this.readyAt = System.nanoTime() + (long) (options.bootSeconds * 1e9);
    }

    void handle(HttpServerRequest http) {
        if (path(http).startsWith("/testbed/")) {
            testbed(http);
        } else if (System.nanoTime() - readyAt < 0) {
            error(http, 503, "");
        } else if (!authorized(http)) {
            error(http, 401, "");
        } else if (http.method() == HttpMethod.POST && path(http).startsWith("/v1/")) {
            infer(http);
        } else {
            read(http);
        }
    }

    private boolean authorized(HttpServerRequest http) {
        return options.apiKey == null
                || !path(http).startsWith("/v1")
                || ("Bearer " + options.apiKey).equals(http.getHeader("authorization"));
    }

    private void read(HttpServerRequest http) {
        switch (path(http)) {
            case "/health", "/ping" -> http.response().end();
            case "/version" -> json(http, version());
            case "/load" -> json(http, Map.of("server_load", inFlight));
            case "/v1/models" -> json(http, models());
            case "/metrics" ->
                    http.response()
                            .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                            .end(
                                    MetricsPage.of(
                                            options.model,
                                            startedMillis / 1000.0,
                                            room.engines(),
                                            metrics));
            default -> {
                http.response().setStatusCode(404);
                json(http, Map.of("detail", "Not Found"));
            }
        }
    }

    private void infer(HttpServerRequest http) {
        var body = Buffer.buffer();
        http.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST_BODY) {
                http.connection().close();
            } else {
                body.appendBuffer(chunk);
            }
        });
        http.endHandler(_ -> {
            receipts.add(http, body);
            inFlight++;
            received(new Call(http, () -> inFlight--), body);
        });
    }

    private void received(Call call, Buffer body) {
        Fault fault;
        try {
            fault = faults.draw(call.http.getHeader("x-testbed-fault"));
        } catch (IllegalArgumentException e) {
            error(call.http, 400, String.valueOf(e.getMessage()));
            return;
        }
        switch (fault.kind()) {
            case DIE -> die.run();
            case ERROR -> {
                metrics.finished("error");
                error(call.http, fault.status(), "fault switched on by the testbed");
            }
            case SLOW -> {
                long timer =
                        vertx.setTimer(
                                Math.max(1, fault.delayMillis()), _ -> run(call, body, fault));
                call.whenGone(() -> vertx.cancelTimer(timer));
            }
            case CUT, STALL, NONE -> run(call, body, fault);
        }
    }

    private void run(Call call, Buffer body, Fault fault) {
        var http = call.http;
        try {
            var json = parse(body);
            var id = http.getHeader("x-request-id");
            switch (path(http)) {
                case "/v1/chat/completions" ->
                        new Exchange(call, reader.chat(json, id), fault, room, metrics).begin();
                case "/v1/completions" ->
                        new Exchange(call, reader.completion(json, id), fault, room, metrics)
                                .begin();
                case "/v1/embeddings" -> embeddings(call, json);
                default -> {
                    http.response().setStatusCode(404);
                    json(http, Map.of("detail", "Not Found"));
                }
            }
        } catch (ApiError e) {
            metrics.finished("error");
            respond(http, e.status(), e.body());
        }
    }

    private static JsonNode parse(Buffer body) throws ApiError {
        try {
            return JSON.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            throw ApiError.invalid(
                    "JSON decode error at line %d, column %d"
                            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
                    null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the bytes are in memory
        }
    }

    private void embeddings(Call call, JsonNode json) throws ApiError {
        var inputs = reader.embeddings(json);
        int size = json.path("dimensions").asInt(EMBEDDING_SIZE);
        if (size < 1 || size > MOST_DIMENSIONS) {
            throw ApiError.invalid(
                    "dimensions must be from 1 to %d, got %d".formatted(MOST_DIMENSIONS, size),
                    "dimensions");
        }
        boolean base64 = json.path("encoding_format").asText().equals("base64");
        var left = new AtomicInteger(inputs.size());
        Consumer<Emission> done =
                _ -> {
                    metrics.finished("stop");
                    if (left.decrementAndGet() == 0) {
                        respond(
                                call.http,
                                200,
                                Wire.embeddings(options.model, inputs, size, base64));
                    }
                };
        var works =
                inputs.stream()
                        .map(input -> room.submit(input.count(), input.blocks(), 0, done))
                        .toList();
        call.whenGone(() -> works.forEach(room::cancel));
    }

    private Map<String, Object> version() {
        return Map.of(
                "version",
                "0.11.0",
                "instance",
                options.nonce,
                "engines",
                options.engines,
                "engine",
                Map.of(
                        "performanceOf", options.performanceOf,
                        "hardware", options.hardware,
                        "tensorParallel", options.tensorParallel,
                        "kvBlocks", options.kvBlocks,
                        "maxSequences", options.maxSequences,
                        "tokensPerStep", options.tokensPerStep,
                        "timeScale", options.timeScale));
    }

    private Map<String, Object> models() {
        return Map.of(
                "object",
                "list",
                "data",
                List.of(
                        Map.of(
                                "id",
                                options.model,
                                "object",
                                "model",
                                "created",
                                startedMillis / 1000,
                                "owned_by",
                                "vllm",
                                "root",
                                options.model,
                                "max_model_len",
                                options.maxModelLen)));
    }

    private void testbed(HttpServerRequest http) {
        if (path(http).equals("/testbed/received")) {
            var received = receipts.received();
            json(
                    http,
                    Map.of(
                            "requests", received.requests(),
                            "byPath", received.byPath(),
                            "canaries", received.canaries()));
        } else if (path(http).equals("/testbed/faults") && http.method() == HttpMethod.POST) {
            http.bodyHandler(body -> {
                try {
                    faults.set(Fault.read(parse(body)));
                    http.response().setStatusCode(204).end();
                } catch (ApiError | IllegalArgumentException e) {
                    error(http, 400, String.valueOf(e.getMessage()));
                }
            });
        } else {
            error(http, 404, "the testbed has POST /testbed/faults and GET /testbed/received");
        }
    }

    private static String path(HttpServerRequest http) {
        var path = http.path();
        return path == null ? "" : path;
    }

    private static void json(HttpServerRequest http, Object body) {
        try {
            http.response()
                    .putHeader("content-type", "application/json")
                    .end(Buffer.buffer(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void error(HttpServerRequest http, int status, String message) {
        respond(http, status, ApiError.body(status, message, null));
    }

    private static void respond(HttpServerRequest http, int status, String body) {
        http.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }
}
