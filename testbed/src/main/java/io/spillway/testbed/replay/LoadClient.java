package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// Sends a plan's requests at their times, however many are under way, and watches each stream.
final class LoadClient implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 4000;
    private static final long LONGEST_MINUTES = 30;

    private final Vertx vertx =
            Vertx.vertx(
                    new VertxOptions()
                            .setEventLoopPoolSize(1)
                            .setWorkerPoolSize(1)
                            .setInternalBlockingPoolSize(1)
                            .setFileSystemOptions(
                                    new FileSystemOptions()
                                            .setFileCachingEnabled(false)
                                            .setClassPathResolvingEnabled(false)));
    private final HttpClient http =
            vertx.createHttpClient(
                    new HttpClientOptions().setConnectTimeout(10_000),
                    new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(-1));
    private final URI target;
    private final String model;
    private final Function<Label, String> keys;
    private final Function<Plan.Request, String> prompts;

    /// @param target base URL of the router
    /// @param keys the API key for each label
    /// @param prompts makes a request's prompt, on the client's own thread
    LoadClient(
            URI target,
            String model,
            Function<Label, String> keys,
            Function<Plan.Request, String> prompts) {
        this.target = target;
        this.model = model;
        this.keys = keys;
        this.prompts = prompts;
    }

    /// Sends everything and returns when the last answer has ended.
    ///
    /// @param sink called once for each request, on one thread
    void run(List<Plan.Request> requests, Consumer<Outcome> sink) throws InterruptedException {
        var left = new CountDownLatch(requests.size());
        long start = System.nanoTime();
        vertx.runOnContext(_ ->
                sendDue(
                        requests,
                        0,
                        start,
                        outcome -> {
                            sink.accept(outcome);
                            left.countDown();
                        }));
        if (!left.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            throw ReplayException.refused(
                    "%d requests are still under way after %d minutes"
                            .formatted(left.getCount(), LONGEST_MINUTES));
        }
    }

    private void sendDue(
            List<Plan.Request> requests, int first, long start, Consumer<Outcome> sink) {
        int next = first;
        double now = (System.nanoTime() - start) / 1e9;
        while (next < requests.size() && requests.get(next).seconds() <= now) {
            send(requests.get(next++), sink);
        }
        if (next < requests.size()) {
            int resume = next;
            long wait = Math.max(1, (long) ((requests.get(next).seconds() - now) * 1000));
            vertx.setTimer(wait, _ -> sendDue(requests, resume, start, sink));
        }
    }

    private void send(Plan.Request request, Consumer<Outcome> sink) {
        var exchange = new StreamExchange(request, sink);
        var body = body(request);
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(target.getHost())
                        .setPort(target.getPort())
                        .setURI("/v1/chat/completions")
                        .putHeader("authorization", "Bearer " + keys.apply(request.label()))
                        .putHeader("content-type", "application/json");
        http.request(options)
                .compose(call -> {
                    exchange.sent();
                    return call.send(body)
                            .map(response -> {
                                response.pause();
                                return response;
                            });
                })
                .onSuccess(exchange::answered)
                .onFailure(exchange::broke);
    }

    private String body(Plan.Request request) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("model", model).put("stream", true);
        body.put("max_tokens", request.generatedTokens());
        body.put("min_tokens", request.generatedTokens()).put("ignore_eos", true);
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", prompts.apply(request));
        return body.toString();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
