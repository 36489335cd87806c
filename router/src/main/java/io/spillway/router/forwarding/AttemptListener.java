package io.spillway.router.forwarding;

import io.vertx.core.buffer.Buffer;

/// Hears of one attempt, on its event loop. `ended` comes exactly once and last; nothing comes
/// after [Attempt#cancel].
public interface AttemptListener {

    /// Whole events of a stream, byte for byte as the server sent them. Called only with at least
    /// one byte.
    void events(Buffer bytes);

    /// The whole body of an answer that is no stream.
    void whole(String contentType, byte[] body);

    /// The attempt is over.
    void ended(AttemptEnd end);
}
