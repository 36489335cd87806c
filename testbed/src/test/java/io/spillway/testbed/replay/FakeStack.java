package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spillway.testbed.server.ServerOptions;
import io.spillway.testbed.server.SimulatedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Two simulated servers behind as much of a router and a control plane as a replay touches.
final class FakeStack implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final SimulatedServer home;
    private final SimulatedServer burst;
    private final HttpServer front;
    private final HttpClient upstream = HttpClient.newHttpClient();
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> decisions = Collections.synchronizedList(new ArrayList<>());
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /// Whether a request, given its API key and body, leaves for the public server.
    Predicate<Sent> leaves = sent -> !sent.sensitive() && sent.number() % 2 == 0;

    /// Whether a request is refused for now.
    Predicate<Sent> shed = _ -> false;

    /// Whether the header says where the request really went.
    boolean honestHeaders = true;

    record Sent(int number, String key, String body) {
        boolean sensitive() {
            return key.contains("sensitive")
                    || body.contains("@")
                    || body.matches("(?s).*\\d{4}.*");
        }
    }

    FakeStack(Path directory, boolean publicWritesCanaries) throws IOException {
        this.directory = directory;
        home = SimulatedServer.start(new ServerOptions().model("chat").nonce("home"));
        var options =
                new ServerOptions().model("chat").environment("cloud").nonce("b").timeScale(0.5);
        burst =
                SimulatedServer.start(
                        publicWritesCanaries
                                ? options.canaryDir(directory.resolve("canaries"))
                                : options);
        front = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        front.createContext("/", this::handle);
        front.start();
        var url = "http://127.0.0.1:" + front.getAddress().getPort();
        Files.writeString(directory.resolve("admin-token"), "token\n");
        Files.writeString(
                directory.resolve("endpoints.json"),
                "{\"routerUrl\":\"%s\",\"adminUrl\":\"%s\"}".formatted(url, url));
    }

    @Override
    public void close() throws IOException {
        front.stop(0);
        upstream.close();
        home.close();
        burst.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(exchange.getRequestMethod() + " " + path + " " + body);
        try (exchange) {
            if (path.equals("/v1/chat/completions")) {
                route(exchange, body);
            } else {
                var answer = admin(exchange, path, body).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }

    private String admin(HttpExchange exchange, String path, String body) throws IOException {
        if (path.equals("/api/v1/keys")) {
            var id = JSON.readTree(body).path("id").asText();
            return "{\"id\":\"%s\",\"secret\":\"secret-of-%s\"}".formatted(id, id);
        }
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        return switch (path) {
            case "/api/v1/environments" ->
                    """
                    {"items":[{"name":"onprem","zone":"private"},
                    {"name":"cloud","zone":"public","dataLocations":["DE"],
                     "operatorJurisdictions":["US"]}]}\
                    """;
            case "/api/v1/models" ->
                    """
                    {"items":[{"name":"chat","versions":["v1"],"maySpill":["cloud"],
                    "contextTokens":16384}]}\
                    """;
            case "/api/v1/endpoints" ->
                    """
                    {"items":[{"id":"a","environment":"onprem","modelVersion":"v1",
                    "state":"ready","url":"%s"}]}\
                    """
                            .formatted(home.url());
            case "/api/v1/decisions" ->
                    query.contains("before")
                            ? "{\"items\":[]}"
                            : "{\"items\":[" + String.join(",", List.copyOf(decisions)) + "]}";
            case "/api/v1/ledger" ->
                    """
                    {"items":[{"attemptId":"d2/1","decisionId":"d2",
                    "settled":{"nanos":1500000,"currency":"USD"}}]}\
                    """;
            default -> "{}";
        };
    }

    private void route(HttpExchange exchange, String body) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("authorization");
        var sent = new Sent(count.incrementAndGet(), key, content(body));
        if (shed.test(sent)) {
            exchange.getResponseHeaders().add("retry-after", "1");
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        boolean goes = leaves.test(sent);
        var zone = goes && honestHeaders ? "public" : "private";
        exchange.getResponseHeaders().add("x-spillway-zone", zone);
        exchange.getResponseHeaders().add("x-spillway-decision", "d" + sent.number());
        decisions.add(
                """
                {"id":"d%d","predictedTtftMillis":120,"ttftMillis":100,"queueMillis":7}\
                """
                        .formatted(sent.number()));
        try (var answer = forward((goes ? burst : home).url(), body).body()) {
            exchange.sendResponseHeaders(200, 0);
            answer.transferTo(exchange.getResponseBody());
        }
    }

    private HttpResponse<java.io.InputStream> forward(URI server, String body) throws IOException {
        try {
            return upstream.send(
                    HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// The prompt without its canary, whose digits mean nothing.
    private static String content(String body) throws IOException {
        JsonNode message = JSON.readTree(body).path("messages").path(0);
        return message.path("content").asText().substring("canary-".length() + 16);
    }

    Path directory() {
        return directory;
    }
}
