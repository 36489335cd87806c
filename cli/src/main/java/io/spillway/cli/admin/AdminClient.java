package io.spillway.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A control plane's admin REST. Blocking.
///
/// Whatever the control plane says is an [Answer]; [Answer#orFail] is for callers that expect
/// nothing but success.
public final class AdminClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Begins a hint that is a whole JSON object, too long for a terminal.
    private static final String COUNTEREXAMPLE = "Counterexample: ";

    private final URI base;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    public AdminClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /// An answer of the control plane.
    ///
    /// @param status HTTP status
    /// @param body the JSON body, a missing node when there was none
    public record Answer(int status, JsonNode body) {

        /// Whether the call did what it should.
        public boolean ok() {
            return status / 100 == 2;
        }

        /// The answer's body.
        ///
        /// @throws CommandFailure with the problem's words when the call failed
        public JsonNode orFail() {
            if (!ok()) {
                throw new CommandFailure(ExitCode.NEGATIVE, problem());
            }
            return body;
        }

        /// The problem in words: detail first, then one line per error.
        public String problem() {
            return problem("");
        }

        /// The problem in words, for a file that was sent: each error that has a place begins with
        /// `FILE:LINE:COLUMN`, which editors and terminals turn into links.
        public String problem(String file) {
            var text = new StringBuilder();
            text.append(body.path("detail").asText(body.path("title").asText(withoutWords())));
            for (var error : body.path("errors")) {
                text.append("\n  ")
                        .append(place(error, file))
                        .append(error.path("message").asText());
                var hint = error.path("hint").asText("");
                if (!hint.isEmpty() && !hint.startsWith(COUNTEREXAMPLE)) {
                    text.append("; ").append(hint);
                }
            }
            return text.toString();
        }

        /// What the server refused before any word was written.
        private String withoutWords() {
            return status == 413
                    ? "it is larger than the control plane takes (4 MiB, with all that it imports);"
                            + " split it up"
                    : "status " + status;
        }

        private static String place(JsonNode error, String file) {
            if (error.path("line").isNumber()) {
                return "%s%s%d:%d: "
                        .formatted(
                                file,
                                file.isEmpty() ? "" : ":",
                                error.get("line").asInt(),
                                error.path("column").asInt());
            }
            var at = error.path("at").asText("");
            return at.isEmpty() ? "" : at + ": ";
        }
    }

    /// `GET /api/v1/PATH`.
    public Answer get(String path) {
        return send("GET", path, null, "application/json", Map.of());
    }

    /// `GET /api/v1/PATH` of something that is not one JSON document.
    ///
    /// @throws CommandFailure with the problem's words when the call failed
    public String text(String path) {
        var response = call("GET", path, null, "application/json", Map.of());
        if (response.statusCode() / 100 != 2) {
            new Answer(response.statusCode(), parse(response.body())).orFail();
        }
        return response.body();
    }

    /// `DELETE /api/v1/PATH`.
    public Answer delete(String path) {
        return send("DELETE", path, null, "application/json", Map.of());
    }

    /// `PUT /api/v1/PATH` with a JSON body.
    public Answer put(String path, Object body) {
        return send("PUT", path, json(body), "application/json", Map.of());
    }

    /// `POST /api/v1/PATH` with a JSON body.
    public Answer post(String path, Object body) {
        return send("POST", path, json(body), "application/json", Map.of());
    }

    /// Publishes a policy.
    ///
    /// @param expectedDigest digest of the version to replace, empty to replace any
    public Answer publish(String name, String yaml, String expectedDigest) {
        return publish(name, yaml, expectedDigest, null);
    }

    /// Publishes a policy.
    ///
    /// @param expectedDigest digest of the version to replace, empty to replace any
    /// @param acknowledgedWidening digest of the widening that is wanted, null for none
    public Answer publish(
            String name,
            String yaml,
            String expectedDigest,
            @Nullable String acknowledgedWidening) {
        var headers =
                expectedDigest.isEmpty()
                        ? Map.<String, String>of()
                        : Map.of("If-Match", "\"" + expectedDigest + "\"");
        var query =
                acknowledgedWidening == null
                        ? ""
                        : "?acknowledgeWidening=" + segment(acknowledgedWidening);
        return send("PUT", "policies/" + name + query, yaml, "application/yaml", headers);
    }

    /// Escapes one path segment.
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer send(
            String method,
            String path,
            @Nullable String body,
            String contentType,
            Map<String, String> headers) {
        var response = call(method, path, body, contentType, headers);
        return new Answer(response.statusCode(), parse(response.body()));
    }

    private HttpResponse<String> call(
            String method,
            String path,
            @Nullable String body,
            String contentType,
            Map<String, String> headers) {
        var request =
                HttpRequest.newBuilder(base.resolve("/api/v1/" + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + token)
                        .header(
                                "Accept",
                                "application/json, application/problem+json, application/x-ndjson")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the control plane at %s does not answer; look at logs/control-plane.log in the installation's directory, or start with ./spillway up"
                            .formatted(base));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode()
                    .put("detail", "the answer is not JSON; is this a Spillway control plane?");
        }
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write %s as JSON".formatted(body.getClass()), e);
        }
    }
}
