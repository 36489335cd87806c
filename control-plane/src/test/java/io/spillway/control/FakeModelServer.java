package io.spillway.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A program that answers as much of a model server as the capacity loop asks for. `POST /busy?N`
/// makes it say that it works on N requests, `POST /exit` ends it.
final class FakeModelServer implements AutoCloseable {
    private final HttpServer server;

    private FakeModelServer(HttpServer server) {
        this.server = server;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static String command() {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var classes = Path.of("target/test-classes").toAbsolutePath();
        return "[\"%s\",\"-Xmx32m\",\"-XX:+UseSerialGC\",\"-XX:TieredStopAtLevel=1\",\"-cp\",\"%s\",\"%s\"]"
                .formatted(java, classes, FakeModelServer.class.getName());
    }

    public static void main(String[] args) throws IOException {
        var options = new HashMap<String, String>();
        for (var i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        start(options);
    }

    /// A server in this process, on any port unless `--port` names one.
    static FakeModelServer start(Map<String, String> options) throws IOException {
        var port = Integer.parseInt(options.getOrDefault("--port", "0"));
        var busy = new AtomicInteger();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var pages =
                Map.<String, Supplier<String>>of(
                        "/health",
                        () -> "",
                        "/version",
                        () ->
                                "{\"version\":\"0.0\",\"instance\":\"%s\"}"
                                        .formatted(options.get("--nonce")),
                        "/v1/models",
                        () ->
                                "{\"object\":\"list\",\"data\":[{\"id\":\"%s\"}]}"
                                        .formatted(options.get("--model")),
                        "/metrics",
                        () ->
                                "vllm:num_requests_running{model_name=\"%1$s\"} %2$d.0\nvllm:num_requests_waiting{model_name=\"%1$s\"} 0.0\n"
                                        .formatted(options.get("--model"), busy.get()));
        pages.forEach((path, body) -> server.createContext(path, it -> answer(it, body.get())));
        server.createContext(
                "/busy",
                it -> {
                    busy.set(Integer.parseInt(it.getRequestURI().getQuery()));
                    answer(it, "");
                });
        server.createContext("/exit", _ -> System.exit(0));
        server.start();
        return new FakeModelServer(server);
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
