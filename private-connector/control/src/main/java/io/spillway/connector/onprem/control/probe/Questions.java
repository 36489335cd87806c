package io.spillway.connector.onprem.control.probe;

import io.spillway.api.connector.EndpointProber.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// GET requests to one server, all before one deadline, with answers of bounded size.
final class Questions {
    private static final long MOST_BYTES = 8 << 20;

    private final HttpClient client;
    private final Target target;
    private final String base;
    private final long deadlineNanos;

    Questions(HttpClient client, Target target) {
        this.client = client;
        this.target = target;
        this.base = target.url().toString().replaceAll("/+$", "");
        this.deadlineNanos = System.nanoTime() + target.timeout().toNanos();
    }

    /// An answer.
    ///
    /// @param status HTTP status
    /// @param body as UTF-8
    record Answer(int status, String body) {}

    /// Asks for one path.
    Answer get(String path) throws IOException, InterruptedException {
        var left = Duration.ofNanos(deadlineNanos - System.nanoTime());
        if (!left.isPositive()) {
            throw new HttpTimeoutException("no time left for " + path);
        }
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(left).GET();
        authorize(request, target.token());
        var handler =
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES);
        var response = client.send(request.build(), handler);
        return new Answer(response.statusCode(), response.body());
    }

    private static void authorize(HttpRequest.Builder request, @Nullable String token) {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
    }
}
