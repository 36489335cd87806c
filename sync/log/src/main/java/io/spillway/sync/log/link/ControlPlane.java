package io.spillway.sync.log.link;

import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.PoolLoad;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// The control plane's sync listener, as a router calls it. Each call blocks; safe for use by many
/// threads.
public final class ControlPlane implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final String APPLIED = "x-spillway-applied";

    private final URI url;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param url scheme, host and port of the listener
    public ControlPlane(URI url, SSLContext tls) {
        if (!"https".equals(url.getScheme())) {
            throw new IllegalArgumentException(
                    "sync url '%s' is not https: the sync link is always encrypted".formatted(url));
        }
        this.url = url;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .connectTimeout(CONNECT)
                        .executor(threads)
                        .build();
    }

    /// Opens the change stream behind `(epoch, after)`; epoch 0 asks for a snapshot.
    InputStream changes(long epoch, long after) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                url.resolve(
                                        "/sync/v1/changes?epoch=%d&after=%d"
                                                .formatted(epoch, after)))
                        .timeout(ANSWER)
                        .build();
        var response = client.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw unexpected("changes", response.statusCode());
        }
        return response.body();
    }

    /// Sends records home.
    ///
    /// @return number of the last record that the control plane holds durably
    long journal(JournalRecord.Batch batch) throws IOException, InterruptedException {
        var request = post("/sync/v1/journal", Json.write(batch)).build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw unexpected("journal", response.statusCode());
        }
        try {
            return Json.read(response.body(), Acknowledgement.class).acknowledged();
        } catch (MalformedJsonException e) {
            throw new IOException("the answer to a journal batch cannot be read", e);
        }
    }

    /// Reports load.
    ///
    /// @param applied the state that is in force in the router
    void load(List<PoolLoad> loads, Watermark applied) throws IOException, InterruptedException {
        var request =
                post("/sync/v1/load", Json.writeList(loads, PoolLoad.class))
                        .header(APPLIED, applied.epoch() + "/" + applied.seq())
                        .build();
        var response = client.send(request, BodyHandlers.discarding());
        if (response.statusCode() != 204) {
            throw unexpected("load", response.statusCode());
        }
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(ANSWER)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private IOException unexpected(String call, int status) {
        return new IOException(
                "%s answered %s with status %d".formatted(url.getAuthority(), call, status));
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    record Acknowledgement(long acknowledged) {}
}
