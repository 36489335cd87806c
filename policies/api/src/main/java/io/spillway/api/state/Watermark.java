package io.spillway.api.state;

/// The last change set that a replica applied.
///
/// @param origin the origin
/// @param epoch the origin's epoch
/// @param seq the change set's number, 0 before the first
public record Watermark(String origin, long epoch, long seq) {}
