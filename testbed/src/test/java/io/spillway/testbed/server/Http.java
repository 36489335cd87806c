package io.spillway.testbed.server;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Plain HTTP for tests that look at what goes over the wire.
final class Http {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    static HttpResponse<String> get(SimulatedServer server, String path) throws IOException {
        return send(request(server, path).GET().build());
    }

    static HttpResponse<String> post(
            SimulatedServer server, String path, String body, String... headers)
            throws IOException {
        var request = request(server, path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /// The lines of a streamed answer as they come; close it to leave early.
    static Stream<String> stream(SimulatedServer server, String body) throws IOException {
        try {
            return CLIENT.send(
                            request(server, "/v1/chat/completions")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// All bytes of a chat's answer until the server closes the connection.
    static String untilClosed(SimulatedServer server, String body) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            var head =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n";
            var request = head.formatted(body.length()) + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }

    static String chat(boolean stream, int tokens) {
        return """
        {"model":"chat","stream":%s,"max_tokens":%d,"ignore_eos":true,
         "messages":[{"role":"user","content":"hello"}]}\
        """
                .formatted(stream, tokens);
    }

    /// Value of the first series of a metric with all of the given label pairs.
    static double metric(SimulatedServer server, String name, String... labels) throws IOException {
        return get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + name + List.of(labels)));
    }

    /// Waits until a condition holds, for ten seconds at most.
    static void await(String what, Check condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within 10 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    interface Check {
        boolean holds() throws Exception;
    }

    private static HttpRequest.Builder request(SimulatedServer server, String path) {
        return HttpRequest.newBuilder(server.url().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
