package io.spillway.control.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The built console, and an admin REST that answers from the recordings of the console's own
/// tests, so that states which a healthy control plane never shows can be seen in a browser.
final class RecordedControlPlane implements AutoCloseable {
    static final Path CONSOLE = Path.of("target/classes/META-INF/resources");
    static final String TOKEN = "spw-admin-recorded";

    /// As docs/architecture.md states it for the real control plane.
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final Path RECORDINGS = Path.of("src/main/webui/src/testing/fixtures");
    private static final Pattern AGE = Pattern.compile("\"@-(\\d+)s\"");
    private static final Map<String, String> FILES =
            Map.ofEntries(
                    Map.entry("status", "status"),
                    Map.entry("sync", "sync"),
                    Map.entry("capacity", "capacity"),
                    Map.entry("environments", "environments"),
                    Map.entry("pools", "pools"),
                    Map.entry("endpoints", "endpoints"),
                    Map.entry("policies", "policies"),
                    Map.entry("policies/acme", "policy"),
                    Map.entry("policies/acme/proof", "proof"),
                    Map.entry("tenants", "tenants"),
                    Map.entry("ledger/summary", "spend"),
                    Map.entry("fleets/burst/runs", "runs"));
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript",
                    "css", "text/css",
                    "svg", "image/svg+xml",
                    "woff2", "font/woff2");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private volatile Mood mood = Mood.BUSY;

    RecordedControlPlane() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::file);
        server.createContext("/api/v1/", this::api);
        server.start();
    }

    /// What the admin REST is like from now on.
    void be(Mood next) {
        mood = next;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void file(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var file = CONSOLE.resolve(path.equals("/") ? "index.html" : path.substring(1)).normalize();
        if (!file.startsWith(CONSOLE) || !Files.isRegularFile(file)) {
            send(exchange, 404, "text/plain", "no such file".getBytes(StandardCharsets.UTF_8));
            return;
        }
        var name = file.getFileName().toString();
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        send(
                exchange,
                200,
                TYPES.getOrDefault(
                        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"),
                Files.readAllBytes(file));
    }

    private void api(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/api/v1/".length());
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            problem(exchange, 401, "Unauthorized", "Send the admin token.");
        } else if (path.equals("session")) {
            answer(exchange, "{\"tokenId\":\"admin-1\",\"origin\":\"control-1\"}");
        } else if (mood == Mood.FAILING) {
            problem(exchange, 503, "The database is away", "Postgres refused the connection.");
        } else if (mood == Mood.EMPTY) {
            answer(exchange, nothing(path));
        } else if (FILES.containsKey(path)) {
            answer(exchange, recording(FILES.get(path)));
        } else if (path.startsWith("endpoints/")) {
            answer(exchange, endpoint(path.split("/")[1]).toString());
        } else {
            decisions(exchange, path);
        }
    }

    private void decisions(HttpExchange exchange, String path) throws IOException {
        var wanted = query(exchange);
        var items = json.createArrayNode();
        for (var detail : json.readTree(recording("decisions"))) {
            var decision = detail.path("decision");
            if (path.equals("decisions/" + decision.path("id").asText())) {
                answer(exchange, detail.toString());
                return;
            }
            if (matches(decision, "outcome", wanted) && matches(decision, "zone", wanted)) {
                items.add(decision);
            }
        }
        if (path.equals("decisions")) {
            answer(exchange, json.createObjectNode().set("items", items).toString());
        } else {
            problem(exchange, 404, "Not found", "There is no " + path + ".");
        }
    }

    private static boolean matches(JsonNode decision, String field, Map<String, String> wanted) {
        return !wanted.containsKey(field)
                || wanted.get(field).equals(decision.path(field).asText());
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = exchange.getRequestURI().getQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(it -> it.split("=", 2))
                        .collect(Collectors.toMap(it -> it[0], it -> it[1]));
    }

    private JsonNode endpoint(String id) throws IOException {
        for (var endpoint : json.readTree(recording("endpoints")).path("items")) {
            if (endpoint.path("id").asText().equals(id)) {
                return endpoint;
            }
        }
        throw new IllegalArgumentException("no recorded endpoint '" + id + "'");
    }

    private static String nothing(String path) {
        return switch (path) {
            case "capacity" -> "{\"pools\":[],\"fleets\":[]}";
            case "sync" -> "{\"origin\":\"control-1\",\"epoch\":1,\"seq\":0,\"replicas\":[]}";
            case "status" ->
                    "{\"counts\":{},\"postgres\":{\"up\":true,\"detail\":\"\"},\"capture\":{\"up\":true,\"detail\":\"\"},\"replicas\":{\"up\":false,\"detail\":\"\"}}";
            default -> "{\"items\":[]}";
        };
    }

    /// A recording with its relative times made absolute.
    private static String recording(String name) throws IOException {
        var now = Instant.now();
        return AGE.matcher(Files.readString(RECORDINGS.resolve(name + ".json")))
                .replaceAll(age ->
                        '"'
                                + now.minus(Duration.ofSeconds(Long.parseLong(age.group(1))))
                                        .toString()
                                + '"');
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        send(exchange, 200, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void problem(HttpExchange exchange, int status, String title, String detail)
            throws IOException {
        var body =
                "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"recorded\",\"errors\":[{\"at\":\"jdbc.url\",\"message\":\"connection refused\",\"hint\":\"Start it with ./spillway up.\"}]}"
                        .formatted(title, status, detail);
        send(exchange, status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    enum Mood {
        /// A stack under load.
        BUSY,
        /// A stack in which nothing is registered and nothing happened.
        EMPTY,
        /// A control plane that lost its database.
        FAILING
    }
}
