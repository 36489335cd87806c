package io.spillway.testbed.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A running stack as its state directory describes it: its files, its admin REST, its servers.
/// Blocking.
final class Stack {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final URI router;
    private final URI admin;
    private final String adminToken;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();

    private Stack(Path directory, URI router, URI admin, String adminToken) {
        this.directory = directory;
        this.router = router;
        this.admin = admin;
        this.adminToken = adminToken;
    }

    static Stack open(Path directory) {
        try {
            var endpoints = JSON.readTree(directory.resolve("endpoints.json").toFile());
            return new Stack(
                    directory,
                    URI.create(endpoints.path("routerUrl").asText()),
                    URI.create(endpoints.path("adminUrl").asText()),
                    Files.readString(directory.resolve("admin-token")).strip());
        } catch (IOException e) {
            throw ReplayException.unreachable(
                    "no running stack in %s: start one with ./spillway up, or name its directory with --state-dir"
                            .formatted(directory));
        }
    }

    URI router() {
        return router;
    }

    /// `GET /api/v1/PATH`.
    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /// The members `items` of `GET /api/v1/PATH`.
    List<JsonNode> list(String path) {
        var items = new ArrayList<JsonNode>();
        get(path).path("items").forEach(items::add);
        return items;
    }

    JsonNode put(String path, JsonNode body) {
        return call("PUT", path, body);
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, body);
    }

    void delete(String path) {
        call("DELETE", path, null);
    }

    /// Whether the router knows a key yet.
    boolean accepts(String key) {
        var request =
                HttpRequest.newBuilder(router.resolve("/v1/models"))
                        .timeout(Duration.ofSeconds(5))
                        .header("Authorization", "Bearer " + key)
                        .build();
        return send(request, router).statusCode() == 200;
    }

    /// `/version` of a model server.
    JsonNode version(String serverUrl) {
        var url = URI.create(serverUrl);
        var request =
                HttpRequest.newBuilder(url.resolve("/version")).timeout(Duration.ofSeconds(5));
        var response = send(request.build(), url);
        return parse(response.body());
    }

    /// All canaries that servers of the given environments received, by their own account.
    Set<String> canariesAt(Set<String> environments) {
        var canaries = new HashSet<String>();
        var logs = directory.resolve("canaries");
        if (!Files.isDirectory(logs)) {
            return canaries;
        }
        try (var files = Files.newDirectoryStream(logs, "*--*.log")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (environments.stream().anyMatch(it -> name.startsWith(it + "--"))) {
                    canaries.addAll(Files.readAllLines(file));
                }
            }
        } catch (IOException e) {
            throw ReplayException.refused(
                    "cannot read the canaries in %s: %s".formatted(logs, e.getMessage()));
        }
        return canaries;
    }

    private JsonNode call(String method, String path, @Nullable JsonNode body) {
        var request =
                HttpRequest.newBuilder(admin.resolve("/api/v1/" + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + adminToken)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var response = send(request.build(), admin);
        var answer = parse(response.body());
        if (response.statusCode() / 100 != 2) {
            throw ReplayException.refused(
                    "the control plane refused %s %s with %d: %s"
                            .formatted(
                                    method,
                                    path,
                                    response.statusCode(),
                                    answer.path("detail").asText(answer.path("title").asText())));
        }
        return answer;
    }

    private HttpResponse<String> send(HttpRequest request, URI where) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw ReplayException.unreachable(
                    "%s does not answer; is the stack up? See ./spillway status".formatted(where));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReplayException.unreachable("interrupted");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
