package io.spillway.router.forwarding;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.state.Watermark;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Sends inference requests: the only code that does. Confined to one event loop.
///
/// Headers are built here from scratch; nothing of the caller's head goes on.
public final class InferenceClient implements AutoCloseable {
    private final Vertx vertx;
    private final ForwardingSettings settings;
    private final LongSupplier nanoTime;
    private final Supplier<Watermark> state;
    private final Map<String, HttpClient> byTrustAnchor = new HashMap<>();

    /// @param nanoTime the clock by which permits expire
    /// @param state the state in force, since a permit is good under one state only
    public InferenceClient(
            Vertx vertx,
            ForwardingSettings settings,
            LongSupplier nanoTime,
            Supplier<Watermark> state) {
        this.vertx = vertx;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.state = state;
    }

    /// Sends the permit's body where the permit allows, once.
    public Attempt send(EgressPermit permit, OutboundCall call, AttemptListener listener) {
        var attempt = new Attempt(call, listener, settings);
        client(permit)
                .request(options(permit.endpoint(), permit, call))
                .onSuccess(request ->
                        attempt.write(request, permit, state.get(), nanoTime.getAsLong()))
                .onFailure(_ -> attempt.broken("connect"));
        return attempt;
    }

    private static RequestOptions options(
            Endpoint endpoint, EgressPermit permit, OutboundCall call) {
        var url = endpoint.url();
        boolean tls = "https".equals(url.getScheme());
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        // The name serves the Host header and the certificate; the connection goes
                        // to the address that the guard saw.
                        .setHost(url.getHost())
                        .setPort(port(url))
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        port(url), permit.address().getHostAddress()))
                        .setSsl(tls)
                        .setURI(path(url) + call.path())
                        .setFollowRedirects(false)
                        .putHeader("content-type", "application/json")
                        .putHeader(
                                "accept", call.stream() ? "text/event-stream" : "application/json")
                        .putHeader("traceparent", call.traceParent());
        if (call.token() != null) {
            options.putHeader("authorization", "Bearer " + call.token());
        }
        return options;
    }

    static String path(URI url) {
        var path = url.getRawPath() == null ? "" : url.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    private HttpClient client(EgressPermit permit) {
        var anchor = permit.trustAnchorPem();
        return byTrustAnchor.computeIfAbsent(
                anchor == null ? "" : anchor,
                pem -> vertx.createHttpClient(clientOptions(pem), pool()));
    }

    private PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(settings.connectionsPerEndpoint());
    }

    private HttpClientOptions clientOptions(String trustAnchorPem) {
        var options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout((int) settings.connectTimeout().toMillis())
                        .setKeepAlive(true)
                        .setKeepAliveTimeout((int) Math.max(1, settings.keepAlive().toSeconds()))
                        .setPipelining(false)
                        .setDecompressionSupported(false)
                        .setVerifyHost(true)
                        .setTcpNoDelay(true);
        if (!trustAnchorPem.isEmpty()) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(trustAnchorPem)));
        }
        return options;
    }

    @Override
    public void close() {
        byTrustAnchor.values().forEach(HttpClient::close);
    }
}
