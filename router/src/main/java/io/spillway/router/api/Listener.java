package io.spillway.router.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.IdentityHashMap;
import java.util.function.Consumer;

/// The data port on one event loop. Several listeners may share a port.
///
/// Clear-text HTTP/2 stays off: with it on there is no connection object before the first whole
/// head, so nothing could limit how long a head takes.
public final class Listener {
    private final Vertx vertx;
    private final ListenerSettings settings;
    private final BodyMemory memory;
    private final Consumer<IncomingRequest> handler;
    private final IdentityHashMap<HttpConnection, ConnectionGate> gates = new IdentityHashMap<>();
    private final HttpServer server;

    /// @param memory for the bodies of all listeners of a router
    /// @param handler called on the event loop with each request whose head is in order
    public Listener(
            Vertx vertx,
            ListenerSettings settings,
            BodyMemory memory,
            Consumer<IncomingRequest> handler) {
        this.memory = memory;
        this.vertx = vertx;
        this.settings = settings;
        this.handler = handler;
        this.server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost(settings.host())
                                        .setHttp2ClearTextEnabled(false)
                                        .setMaxHeaderSize(settings.maxHeadBytes())
                                        .setMaxInitialLineLength(4096)
                                        .setMaxFormAttributeSize(0)
                                        .setCompressionSupported(false)
                                        .setDecompressionSupported(false)
                                        .setTcpNoDelay(true)
                                        .setAcceptBacklog(1024))
                        .connectionHandler(this::connected)
                        .requestHandler(this::request);
    }

    /// Binds the port.
    ///
    /// @param port as in [HttpServer#listen(int)]; a negative one is a free port that all listeners
    ///   of one deployment share
    /// @return the port bound
    public Future<Integer> listen(int port) {
        return server.listen(port, settings.host()).map(HttpServer::actualPort);
    }

    /// Accepts no more connections and closes those there are.
    public Future<Void> close() {
        return server.close();
    }

    private void connected(HttpConnection connection) {
        gates.put(connection, ConnectionGate.guard(connection, settings));
        connection.closeHandler(_ -> gates.remove(connection));
    }

    private void request(HttpServerRequest request) {
        var gate = gates.get(request.connection());
        if (gate == null) {
            // Its connection closed while it was on its way here.
            request.connection().close();
            return;
        }
        var response = new CallerResponse(vertx, request, gate);
        if (BodyReader.isEmpty(request)) {
            response.requestEnded();
        } else {
            request.pause();
        }
        handler.accept(new IncomingRequest(request, response, settings, memory));
    }
}
