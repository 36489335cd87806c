package io.spillway.router.forwarding;

import io.spillway.api.connector.ResponseObserver.Event;
import io.vertx.core.buffer.Buffer;

/// Changes an answer on its way to the caller. One for each attempt, on its event loop.
///
/// What it throws ends the attempt.
public interface AnswerEdit {

    /// One server-sent event.
    ///
    /// @param buffer bytes that hold it, which it must not change
    /// @param from first byte
    /// @param contentTo byte after its last line
    /// @param to byte after the blank line that ends it
    /// @param kind what the dialect takes it for
    /// @param out gets what is passed on: the event, changed or not, and others before it
    void event(byte[] buffer, int from, int contentTo, int to, Event kind, Buffer out);

    /// A whole body.
    byte[] body(byte[] body);
}
