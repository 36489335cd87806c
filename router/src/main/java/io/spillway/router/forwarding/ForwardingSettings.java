package io.spillway.router.forwarding;

import java.time.Duration;

/// Limits of outbound calls.
///
/// @param connectTimeout time for a connection, TLS included
/// @param silence how long a stream may say nothing between two events
/// @param keepAlive how long an idle connection is kept; below the 5 s after which common model
///   servers close theirs, so that a request is not written into a closing connection
/// @param connectionsPerEndpoint most connections per endpoint and event loop; a safety bound only,
///   admission decides how many requests run
/// @param maxAnswerBytes largest answer that is no stream
public record ForwardingSettings(
        Duration connectTimeout,
        Duration silence,
        Duration keepAlive,
        int connectionsPerEndpoint,
        int maxAnswerBytes) {

    /// Limits that suit most servers.
    public static ForwardingSettings standard() {
        return new ForwardingSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(120),
                Duration.ofSeconds(4),
                4096,
                64 * 1024 * 1024);
    }
}
