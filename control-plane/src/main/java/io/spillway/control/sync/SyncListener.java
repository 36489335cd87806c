package io.spillway.control.sync;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The listener that routers connect to. Both ends show certificates of the installation's own
/// authority; a router is who its certificate says it is.
///
/// HTTP/1.1 only, so that each change stream has a connection of its own and cutting one cuts no
/// other. Everything that blocks runs on virtual threads.
final class SyncListener implements AutoCloseable {
    private static final long MOST_BYTES = 32L << 20;
    private static final int IDLE_SECONDS = 120;

    private final HttpServer server;
    private final ReplicaCalls calls;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();

    SyncListener(Vertx vertx, Identity identity, ReplicaCalls calls) throws IOException {
        this.calls = calls;
        var password = Files.readString(identity.passwordFile()).strip();
        var options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(false)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setKeyCertOptions(store(identity.keyStore(), password))
                        .setTrustOptions(store(identity.trustStore(), password))
                        .setIdleTimeout(IDLE_SECONDS)
                        .setTcpNoDelay(true);
        server = vertx.createHttpServer(options).requestHandler(this::route);
    }

    private static PfxOptions store(Path file, String password) {
        return new PfxOptions().setPath(file.toAbsolutePath().toString()).setPassword(password);
    }

    /// Who the listener is and whom it trusts.
    record Identity(Path keyStore, Path trustStore, Path passwordFile) {}

    void listen(String host, int port) throws IOException {
        try {
            server.listen(port, host).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException(
                    "the sync link cannot listen on %s:%d; end what listens there or set spillway.sync.port"
                            .formatted(host, port),
                    e);
        }
    }

    int port() {
        return server.actualPort();
    }

    private void route(HttpServerRequest request) {
        var peer = Peer.of(request.connection());
        if (peer.isEmpty()) {
            answer(request, 403, "the certificate needs CN (name) and OU (environment)");
            return;
        }
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/sync/v1/changes" -> {
                if (allows(request, HttpMethod.GET)) {
                    changes(request, peer.get());
                }
            }
            case "/sync/v1/journal" -> {
                if (allows(request, HttpMethod.POST)) {
                    post(request, body -> calls.journal(peer.get(), body));
                }
            }
            case "/sync/v1/load" -> {
                if (allows(request, HttpMethod.POST)) {
                    var applied = Optional.ofNullable(request.getHeader("x-spillway-applied"));
                    post(request, body -> calls.load(peer.get(), body, applied));
                }
            }
            default -> answer(request, 404, "there is no such call");
        }
    }

    private void changes(HttpServerRequest request, Peer peer) {
        var position = ReplicaCalls.position(request.getParam("epoch"), request.getParam("after"));
        if (position.isEmpty()) {
            answer(request, 400, "epoch and after must be whole numbers");
            return;
        }
        var sink = new ResponseLines(request.response(), request.connection());
        var subscription = new Subscription();
        request.response().closeHandler(_ -> blocking.execute(subscription::close));
        blocking.execute(() -> {
            try {
                subscription.holds(calls.follow(peer, position.get(), sink));
            } catch (IOException e) {
                answer(request, 503, String.valueOf(e.getMessage()));
            }
        });
    }

    private void post(HttpServerRequest request, Call call) {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + (long) chunk.length() > MOST_BYTES) {
                request.handler(_ -> {});
                answer(request, 413, "the body is too large");
                request.connection().close();
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(
                _ -> blocking.execute(() -> answer(request, call.answer(body.toString()))));
    }

    private static boolean allows(HttpServerRequest request, HttpMethod method) {
        if (request.method().equals(method)) {
            return true;
        }
        answer(request, 405, "use " + method.name());
        return false;
    }

    private static void answer(HttpServerRequest request, ReplicaCalls.Answer answer) {
        answer(request, answer.status(), answer.body());
    }

    private static void answer(HttpServerRequest request, int status, String body) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        if (status == 204) {
            response.end();
        } else {
            response.putHeader("content-type", status == 200 ? "application/json" : "text/plain")
                    .end(body);
        }
    }

    @Override
    public void close() {
        server.close();
        blocking.shutdown();
        try {
            if (!blocking.awaitTermination(2, TimeUnit.SECONDS)) {
                blocking.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Answers a whole body. Blocking.
    @FunctionalInterface
    private interface Call {
        ReplicaCalls.Answer answer(String body);
    }
}
