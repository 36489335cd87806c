package io.spillway.testbed.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A running model server. As a program it is started by [#main], in a test by [#start].
public final class SimulatedServer implements AutoCloseable {
    private static final int KILLED = 137;

    private final Vertx vertx;
    private final HttpServer http;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Faults faults = new Faults(new Random(1));
    private final Canaries canaries;
    private final Receipts receipts;
    private final String host;

    private SimulatedServer(ServerOptions options, boolean program) throws IOException {
        host = options.host;
        canaries = new Canaries(options.canaryDir, options.environment + "--" + options.nonce);
        receipts = new Receipts(canaries);
        vertx = smallVertx();
        Runnable die = program ? () -> Runtime.getRuntime().halt(KILLED) : this::vanish;
        http =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost(options.host)
                                .setPort(options.port)
                                // With it on, a connection shows only after its first head.
                                .setHttp2ClearTextEnabled(false)
                                .setMaxHeaderSize(64 << 10));
        http.connectionHandler(this::connected);
        http.requestHandler(new Desk(options, vertx, faults, receipts, die)::handle);
    }

    /// Starts a server and returns once it listens.
    ///
    /// @throws BindException when the port is in use
    /// @throws IllegalArgumentException when the options contradict each other
    public static SimulatedServer start(ServerOptions options) throws IOException {
        return start(options, false);
    }

    private static SimulatedServer start(ServerOptions options, boolean program)
            throws IOException {
        options.engineSettings(); // refuses contradictions before anything is open
        var server = new SimulatedServer(options, program);
        try {
            await(server.http.listen());
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /// The port it listens on.
    public int port() {
        return http.actualPort();
    }

    /// Its base URL, without `/v1`.
    public URI url() {
        return URI.create("http://" + host + ":" + port());
    }

    /// What reached it so far. Thread-safe.
    public Received received() {
        return receipts.received();
    }

    /// Switches a fault on, or off with [Fault#NONE]. Thread-safe.
    public void fault(Fault fault) {
        faults.set(fault);
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
        canaries.close();
    }

    private void connected(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(_ -> connections.remove(connection));
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .addFirst(new RawBytes(canaries.scanner()));
    }

    private void vanish() {
        http.close();
        connections.forEach(HttpConnection::close);
    }

    private static Vertx smallVertx() {
        return Vertx.vertx(
                new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the server did not answer within 30 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Runs one server until it is told to end.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Program()).execute(args));
    }

    @Command(
            name = "simulated-server",
            mixinStandardHelpOptions = true,
            description = "A model server without a GPU: vLLM's API over simulated engines.")
    private static final class Program implements Callable<Integer> {
        @Mixin private final ServerOptions options = new ServerOptions();

        @Override
        public Integer call() throws Exception {
            try {
                // Asked first with a plain socket, so that the answer is one line without the
                // warnings that loading the network library prints.
                new ServerSocket(options.port, 1, InetAddress.getByName(options.host)).close();
                var server = start(options, true);
                if (options.processFile != null) {
                    record(options.processFile);
                }
                System.out.printf(
                        "%s serves %s for %s with %d engine(s) as %s%n",
                        server.url(),
                        options.model,
                        options.environment,
                        options.engines,
                        options.nonce);
                new CountDownLatch(1).await(); // until a signal ends the process
                return 0;
            } catch (BindException e) {
                System.err.printf(
                        "port %d on %s is in use: stop what holds it or choose another --port%n",
                        options.port, options.host);
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage());
            }
            return 1;
        }

        /// Appends `server PID START-TIME`, so that the process can be told from a later one with
        /// the same id.
        private static void record(Path file) throws IOException {
            var stat = Files.readString(Path.of("/proc/self/stat"));
            // Field 2, the name, may hold blanks; field 22 is counted from behind it.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            var line = "server %d %s%n".formatted(ProcessHandle.current().pid(), fields[22 - 3]);
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
