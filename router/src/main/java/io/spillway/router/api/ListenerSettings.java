package io.spillway.router.api;

import java.time.Duration;

/// Limits of the data listener.
///
/// @param host address to bind
/// @param port port to bind, 0 for any free one
/// @param headDeadline time for a whole request head, from the connection's start or the head's
///   first byte
/// @param bodyDeadline time for a whole body
/// @param bodyBytesPerSecond slowest body accepted
/// @param idleTimeout how long a connection without a request stays open
/// @param maxHeadBytes largest head
/// @param maxBodyBytes largest body
/// @param stalledWrite how long a caller may leave its buffer full before it is cut off
public record ListenerSettings(
        String host,
        int port,
        Duration headDeadline,
        Duration bodyDeadline,
        int bodyBytesPerSecond,
        Duration idleTimeout,
        int maxHeadBytes,
        int maxBodyBytes,
        Duration stalledWrite) {

    /// The limits of a real router.
    public static ListenerSettings standard(String host, int port) {
        return new ListenerSettings(
                host,
                port,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1024,
                Duration.ofSeconds(75),
                16 * 1024,
                16 * 1024 * 1024,
                Duration.ofSeconds(30));
    }

    /// The same limits with other deadlines, for tests.
    public ListenerSettings withDeadlines(Duration head, Duration body, Duration stalled) {
        return new ListenerSettings(
                host,
                port,
                head,
                body,
                bodyBytesPerSecond,
                idleTimeout,
                maxHeadBytes,
                maxBodyBytes,
                stalled);
    }
}
