package io.spillway.router.forwarding;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the metrics pages of endpoints. It sends nothing but the question, and only to addresses
/// that the endpoint's environment declares. Thread-safe.
public final class MetricsReader implements AutoCloseable {
    private static final int MAX_PAGE = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final Addresses addresses;
    private final Duration timeout;
    private final Map<String, HttpClient> byTrustAnchor = new ConcurrentHashMap<>();

    public MetricsReader(Vertx vertx, Addresses addresses, Duration timeout) {
        this.vertx = vertx;
        this.addresses = addresses;
        this.timeout = timeout;
    }

    /// The page; empty when the server answers but has no such page; a failure when it does not
    /// answer in time or says that it is not well.
    ///
    /// @param path path and query of the page
    public Future<Optional<String>> read(Endpoint endpoint, Environment environment, String path) {
        return addresses
                .address(endpoint.url().getHost())
                .compose(address -> read(endpoint, environment, address, path));
    }

    private Future<Optional<String>> read(
            Endpoint endpoint, Environment environment, InetAddress address, String path) {
        var refused = PlaceCheck.check(endpoint, address, environment);
        if (refused != null) {
            return Future.failedFuture(refused.detail());
        }
        var url = endpoint.url();
        int port = InferenceClient.port(url);
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(url.getHost())
                        .setPort(port)
                        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                        .setSsl("https".equals(url.getScheme()))
                        .setURI(InferenceClient.path(url) + path)
                        .setTimeout(timeout.toMillis())
                        .setFollowRedirects(false);
        var anchor = environment.trustAnchorPem() == null ? "" : environment.trustAnchorPem();
        return byTrustAnchor
                .computeIfAbsent(anchor, this::client)
                .request(options)
                .compose(request -> request.send().compose(MetricsReader::page));
    }

    private static Future<Optional<String>> page(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            response.exceptionHandler(_ -> {}); // the reset itself, told by the failure below
            response.request().reset();
            return response.statusCode() >= 500
                    ? Future.failedFuture("status " + response.statusCode())
                    : Future.succeededFuture(Optional.empty());
        }
        var page = Buffer.buffer();
        response.handler(chunk -> {
            if (page.length() + chunk.length() > MAX_PAGE) {
                response.request().reset();
            } else {
                page.appendBuffer(chunk);
            }
        });
        return response.end().map(_ -> Optional.of(page.toString()));
    }

    private HttpClient client(String trustAnchorPem) {
        var options =
                new HttpClientOptions()
                        .setConnectTimeout((int) timeout.toMillis())
                        .setKeepAliveTimeout(4)
                        .setMaxPoolSize(2)
                        .setVerifyHost(true);
        if (!trustAnchorPem.isEmpty()) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(trustAnchorPem)));
        }
        return vertx.createHttpClient(options);
    }

    @Override
    public void close() {
        byTrustAnchor.values().forEach(HttpClient::close);
    }
}
