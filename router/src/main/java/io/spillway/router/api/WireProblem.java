package io.spillway.router.api;

/// Why the bytes of a connection are not one unambiguous HTTP/1 request.
///
/// @param status HTTP status to answer before closing
/// @param message what is wrong; holds nothing of what was received
public record WireProblem(int status, String message) {}
