package io.spillway.api.state;

import java.time.Instant;

/// The origin's signed statement that a replica at `watermark` is up to date at `time`.
///
/// @param watermark newest change set
/// @param digest digest of the whole state at that point, 64 lower-case hex digits
/// @param time the origin's clock
public record Beacon(Watermark watermark, String digest, Instant time) {}
