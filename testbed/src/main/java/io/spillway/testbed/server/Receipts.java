package io.spillway.testbed.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Remembers what a server received. Thread-safe.
final class Receipts {
    private static final int LATEST = 32;
    private static final int LATEST_BYTES = 4 << 20;

    private final Canaries canaries;
    private final Map<String, Long> byPath = new HashMap<>();
    private final Deque<Received.Request> latest = new ArrayDeque<>();
    private long requests;
    private int latestBytes;

    Receipts(Canaries canaries) {
        this.canaries = canaries;
    }

    synchronized void add(HttpServerRequest http, Buffer body) {
        requests++;
        byPath.merge(String.valueOf(http.path()), 1L, Long::sum);
        var headers = new HashMap<String, String>();
        http.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        var request = new Received.Request(http.uri(), Map.copyOf(headers), body.toString());
        latest.add(request);
        latestBytes += request.body().length();
        while (latest.size() > LATEST || (latestBytes > LATEST_BYTES && latest.size() > 1)) {
            latestBytes -= latest.remove().body().length();
        }
    }

    synchronized Received received() {
        return new Received(requests, byPath, canaries.seen(), List.copyOf(latest));
    }
}
