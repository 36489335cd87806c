package io.spillway.control.sync;

import io.spillway.sync.capture.LineSink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/// Writes the lines of a change stream into a response. A line is through when the socket took it,
/// which is how a slow replica is noticed.
final class ResponseLines implements LineSink {
    private final HttpServerResponse response;
    private final HttpConnection connection;

    ResponseLines(HttpServerResponse response, HttpConnection connection) {
        this.response = response;
        this.connection = connection;
    }

    @Override
    public void line(String line) throws IOException, InterruptedException {
        if (!response.headWritten()) {
            response.setChunked(true).putHeader("content-type", "application/x-ndjson");
        }
        try {
            response.write(Buffer.buffer(line).appendByte((byte) '\n'))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("the replica is gone", e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
