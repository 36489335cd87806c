package io.spillway.testbed.server;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What reached a server so far.
///
/// @param requests requests below `/v1/` that post something
/// @param byPath the same by path
/// @param canaries canaries found in the raw bytes of all connections, bodies and heads alike
/// @param latest the latest requests below `/v1/`, oldest first, at most 32
public record Received(
        long requests, Map<String, Long> byPath, Set<String> canaries, List<Request> latest) {

    public Received {
        byPath = Map.copyOf(byPath);
        canaries = Set.copyOf(canaries);
        latest = List.copyOf(latest);
    }

    /// One request.
    ///
    /// @param path path and query
    /// @param headers headers by lower-case name, the last value of each
    /// @param body body as text
    public record Request(String path, Map<String, String> headers, String body) {}
}
