package io.spillway.cli.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.admin.AdminClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Starts a whole installation: Postgres, control plane, router and, unless it is to be empty, two
/// simulated model servers. Everything that can start side by side does.
public final class Up {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Settings settings;
    private final PrintStream out;
    private final StateDirectory state;
    private final ProcessTable processes;
    private final Launcher launcher;
    private final Postgres postgres;
    private final Readiness readiness = new Readiness();
    private final Progress progress;
    private final Map<String, Object> pids = new LinkedHashMap<>();

    public Up(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.state = settings.state();
        this.processes = new ProcessTable(state.processes());
        this.launcher = new Launcher(settings.home(), state, processes);
        this.postgres = new Postgres(state, settings.ports().postgres());
        this.progress = new Progress(out);
    }

    /// What to start.
    ///
    /// @param home the Spillway tree that holds the built modules
    /// @param state where the installation keeps its files
    /// @param ports its ports
    /// @param empty whether to leave out the simulated servers, the public environment and its
    ///   fleet
    /// @param policy the policy of a fresh installation
    /// @param engines how many engines each simulated server stands for
    /// @param fleetDriver `process` or `terraform`
    public record Settings(
            Path home,
            StateDirectory state,
            Ports ports,
            boolean empty,
            Path policy,
            int engines,
            String fleetDriver) {}

    private record Server(String id, String nonce, int port) {
        String url() {
            return "http://127.0.0.1:" + port;
        }
    }

    /// Looks whether the installation can be started; ends what an earlier start left behind.
    ///
    /// @throws CommandFailure when it runs already or a port is taken; then nothing was changed
    public void check() throws IOException, InterruptedException {
        var absent = requireNothingRuns();
        state.create();
        settings.ports().requireFree(settings.empty() ? 0 : 2);
        if (!absent) {
            out.println("ending what an earlier start left behind");
        }
    }

    /// Starts everything, after [#check], and returns when a request would be served.
    ///
    /// @throws CommandFailure when something fails; whatever was started is ended again
    public void run() throws IOException, InterruptedException {
        out.println("starting Spillway");
        try {
            start();
        } catch (IOException | RuntimeException e) {
            new Down(state, out).run();
            throw e;
        }
    }

    private boolean requireNothingRuns() throws IOException, InterruptedException {
        var alive = processes.alive();
        if (alive.stream()
                .anyMatch(entry ->
                        entry.role().equals("control-plane") || entry.role().equals("router"))) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "Spillway already runs here; see ./spillway status, or end it with ./spillway"
                            + " down");
        }
        if (!alive.isEmpty()) {
            new Down(state, out).run();
        }
        return alive.isEmpty();
    }

    private void start() throws IOException, InterruptedException {
        new Keys(state.pki()).create("router-1", Demo.PRIVATE);
        var fresh = !Files.exists(state.apiKey());
        var servers = settings.empty() ? List.<Server>of() : List.of(server(0), server(1));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Void>>();
            tasks.add(() -> database(fresh, servers));
            tasks.add(this::router);
            servers.forEach(server -> tasks.add(() -> simulatedServer(server)));
            for (var future : executor.invokeAll(tasks)) {
                unwrap(future::get);
            }
        }
        pids.put("servers", serverPids());
        writeEndpoints();
        readiness.serves(routerUrl(), state.read(state.apiKey()), settings.empty(), START_LIMIT);
        progress.done("first request");
    }

    private List<Long> serverPids() throws IOException {
        return processes.alive().stream()
                .filter(entry -> entry.role().equals("server"))
                .map(ProcessTable.Entry::pid)
                .toList();
    }

    private Server server(int index) throws IOException {
        var id = "%s-%d".formatted(Demo.PRIVATE, index + 1);
        var file = state.root().resolve("control").resolve(id + ".nonce");
        if (!Files.exists(file)) {
            StateDirectory.writeSecret(file, UUID.randomUUID().toString());
        }
        return new Server(id, state.read(file), settings.ports().server(index));
    }

    private Void database(boolean fresh, List<Server> servers)
            throws IOException, InterruptedException {
        var pid = postgres.start();
        processes.add("postgres", pid);
        synchronized (pids) {
            pids.put("postgres", pid);
        }
        progress.done("Postgres");
        var process =
                launcher.application(
                        "control-plane",
                        "control-plane",
                        "320m",
                        Configuration.controlPlane(
                                settings, postgres.jdbcUrl(), json(launcher.serverCommand())));
        synchronized (pids) {
            pids.put("controlPlane", process.pid());
        }
        var management = "http://127.0.0.1:" + settings.ports().controlManagement();
        readiness.await(
                process,
                URI.create(management + "/q/health/ready"),
                state.log("control-plane"),
                START_LIMIT);
        progress.done("control plane");
        if (fresh) {
            seed(servers);
            progress.done("registry filled");
        }
        return null;
    }

    private void seed(List<Server> servers) throws IOException {
        var demo = new Demo(admin(), state);
        if (settings.empty()) {
            demo.seedEmpty(settings.policy());
            return;
        }
        var endpoints =
                servers.stream()
                        .map(server -> Demo.endpoint(server.id(), server.url(), server.nonce()))
                        .toList();
        var fleet =
                Map.of(
                        "engines",
                        Integer.toString(settings.engines()),
                        "bootSeconds",
                        "8",
                        "upstreamModel",
                        Demo.UPSTREAM_MODEL);
        demo.seed(settings.policy(), settings.fleetDriver(), endpoints, fleet);
    }

    private Void router() throws IOException, InterruptedException {
        var process =
                launcher.application("router", "router", "320m", Configuration.router(settings));
        synchronized (pids) {
            pids.put("router", process.pid());
        }
        var management = "http://127.0.0.1:" + settings.ports().routerManagement();
        readiness.await(
                process,
                URI.create(management + "/q/health/ready"),
                state.log("router"),
                START_LIMIT);
        progress.done("router");
        return null;
    }

    private Void simulatedServer(Server server) throws IOException, InterruptedException {
        var process =
                launcher.server(
                        "server-" + server.id(),
                        List.of(
                                "--port", Integer.toString(server.port()),
                                "--model", Demo.UPSTREAM_MODEL,
                                "--environment", Demo.PRIVATE,
                                "--nonce", server.nonce(),
                                "--engines", Integer.toString(settings.engines()),
                                "--canary-dir", state.canaries().toString()));
        readiness.await(
                process,
                URI.create(server.url() + "/health"),
                state.log("server-" + server.id()),
                START_LIMIT);
        progress.done("model server " + server.id());
        return null;
    }

    private void writeEndpoints() throws IOException {
        var content = new LinkedHashMap<String, Object>();
        content.put("routerUrl", routerUrl());
        content.put("adminUrl", adminUrl());
        content.put("consoleUrl", adminUrl() + "/");
        content.put("pids", pids);
        StateDirectory.writeSecret(
                state.endpoints(),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
    }

    /// The control plane of this installation.
    public AdminClient admin() {
        return new AdminClient(URI.create(adminUrl()), state.read(state.adminToken()));
    }

    /// Where callers send requests.
    public String routerUrl() {
        return "http://127.0.0.1:" + settings.ports().router();
    }

    /// Where the admin REST and the console are.
    public String adminUrl() {
        return "http://127.0.0.1:" + settings.ports().console();
    }

    /// How long the start has taken so far.
    public Duration elapsed() {
        return progress.elapsed();
    }

    private static String json(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }

    private static void unwrap(Callable<?> call) throws IOException, InterruptedException {
        try {
            call.call();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case IOException cause -> throw cause;
                case null, default -> throw new IOException(e);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
