package io.spillway.api.connector;

import java.util.Optional;

/// Watches one response go by and notes what accounting needs. It never changes a byte.
///
/// Calls come in order from one thread: any number of `event` (streams) or one `body`, then `usage`
/// and `finish` as often as wanted.
public interface ResponseObserver {

    /// One server-sent event, without its terminating blank line.
    ///
    /// @param buffer bytes that hold the event
    /// @param from first byte
    /// @param to byte after the last
    /// @return what kind of event it is
    Event event(byte[] buffer, int from, int to);

    /// A whole non-streaming body.
    void body(byte[] body);

    /// Token counts that the server stated, empty while it has stated none.
    Optional<Usage> usage();

    /// How the response ended as the server tells it (`stop`, `length`, `tool_calls`, ...); empty
    /// while it has not.
    Optional<String> finishReason();

    /// Kinds of server-sent events.
    enum Event {
        /// Carries content for the caller.
        CONTENT,
        /// Carries usage and nothing else: `choices` is an empty array.
        USAGE_ONLY,
        /// The server reports an error inside the stream.
        ERROR,
        /// The terminator `[DONE]`.
        DONE,
        /// A comment or an event without data.
        OTHER
    }

    /// Tokens as counted by the server.
    ///
    /// @param promptTokens prompt tokens, cached ones included
    /// @param completionTokens generated tokens
    /// @param cachedTokens prompt tokens found in the server's prefix cache; 0 when it does not say
    record Usage(long promptTokens, long completionTokens, long cachedTokens) {}
}
