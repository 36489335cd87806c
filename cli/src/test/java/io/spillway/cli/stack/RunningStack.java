package io.spillway.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.cli.admin.AdminClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A whole installation, started by the code of `spillway up`, for tests that need every process.
final class RunningStack implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Up.Settings settings;
    private final Up up;

    RunningStack(Path directory) throws IOException, InterruptedException {
        var home = Path.of("..").toAbsolutePath().normalize();
        settings =
                new Up.Settings(
                        home,
                        new StateDirectory(directory),
                        new Ports(freeBase()),
                        false,
                        home.resolve("policies/examples/demo.yaml"),
                        2,
                        "process");
        up = new Up(settings, System.out);
        up.check();
        up.run();
    }

    AdminClient admin() {
        return up.admin();
    }

    StateDirectory state() {
        return settings.state();
    }

    String routerUrl() {
        return up.routerUrl();
    }

    String demoKey() {
        return state().read(state().apiKey());
    }

    /// Sends a chat request and returns the whole answer.
    HttpResponse<String> chat(String key, String text, Map<String, String> headers)
            throws IOException, InterruptedException {
        return chat(
                key,
                Map.of(
                        "model",
                        Demo.MODEL,
                        "max_tokens",
                        8,
                        "messages",
                        java.util.List.of(Map.of("role", "user", "content", text))),
                headers);
    }

    /// Sends a chat request with a body of one's own.
    HttpResponse<String> chat(String key, Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(routerUrl() + "/v1/chat/completions"))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /// Status of a GET on the router.
    int get(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(routerUrl() + path))
                        .timeout(Duration.ofSeconds(5))
                        .header("Authorization", "Bearer " + demoKey())
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /// A decision once it has come home.
    Optional<JsonNode> decision(String id) {
        var answer = admin().get("decisions/" + id);
        return answer.ok() ? Optional.of(answer.body()) : Optional.empty();
    }

    /// Kills the process of a role without warning.
    void kill(String role) throws IOException, InterruptedException {
        for (var entry : new ProcessTable(state().processes()).alive()) {
            if (entry.role().equals(role)) {
                new ProcessBuilder("kill", "-KILL", Long.toString(entry.pid())).start().waitFor();
                while (entry.alive()) {
                    Thread.sleep(10);
                }
            }
        }
    }

    /// Starts the router again, alone.
    void restartRouter() throws IOException, InterruptedException {
        var process =
                launcher().application("router", "router", "320m", Configuration.router(settings));
        new Readiness()
                .await(
                        process,
                        URI.create(
                                "http://127.0.0.1:%d/q/health/ready"
                                        .formatted(settings.ports().routerManagement())),
                        state().log("router"),
                        Duration.ofSeconds(60));
    }

    /// Starts Postgres and the control plane again, alone.
    void restartControlPlane() throws IOException, InterruptedException {
        var postgres = new Postgres(state(), settings.ports().postgres());
        new ProcessTable(state().processes()).add("postgres", postgres.start());
        var command = JSON.writeValueAsString(launcher().serverCommand());
        var process =
                launcher()
                        .application(
                                "control-plane",
                                "control-plane",
                                "320m",
                                Configuration.controlPlane(settings, postgres.jdbcUrl(), command));
        new Readiness()
                .await(
                        process,
                        URI.create(
                                "http://127.0.0.1:%d/q/health/ready"
                                        .formatted(settings.ports().controlManagement())),
                        state().log("control-plane"),
                        Duration.ofSeconds(60));
    }

    private Launcher launcher() {
        return new Launcher(settings.home(), state(), new ProcessTable(state().processes()));
    }

    long livingProcesses() throws IOException {
        return new ProcessTable(state().processes()).alive().size();
    }

    String canaries(String environment) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.newDirectoryStream(state().canaries(), environment + "--*.log")) {
            for (var file : files) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        new Down(state(), new PrintStream(PrintStream.nullOutputStream())).run();
    }

    /// A base whose ports are all free: away from the default ones, and below the range from which
    /// the kernel hands out ports to clients, who would take one between the look and the start.
    private static int freeBase() throws IOException {
        for (var base = 11_000; base < 17_000; base += 50) {
            try {
                new Ports(base).requireFree(2);
                try (var _ =
                        new ServerSocket(
                                new Ports(base).firstFleet(),
                                1,
                                InetAddress.getLoopbackAddress())) {
                    return base;
                }
            } catch (io.spillway.cli.CommandFailure | BindException e) {
                continue;
            }
        }
        throw new IOException("no free range of ports");
    }
}
