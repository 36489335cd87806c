package io.spillway.sync.capture;

import java.io.IOException;

/// Where the lines of one replica's change stream go. Called by one thread at a time.
public interface LineSink extends AutoCloseable {

    /// Sends a line; the sink adds the line end. Blocks until the line is on its way: a sink that
    /// blocks for long, or never, is cut and the replica must come back.
    ///
    /// @throws IOException when the replica is gone
    void line(String line) throws IOException, InterruptedException;

    /// Ends the stream. Called once by the feed, from any thread, also while [#line] blocks.
    @Override
    void close();
}
