package io.spillway.sync.log.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How patient a link is.
///
/// @param beacon a stream that brings no line for so long is dead
/// @param firstLine time allowed for the first line, which may be a snapshot of everything
/// @param random jitter of the pauses between tries
public record Pace(Duration beacon, Duration firstLine, RandomGenerator random) {

    /// Three beacons may be missed; the first line may take a minute.
    public static Pace standard(RandomGenerator random) {
        return new Pace(Duration.ofSeconds(15), Duration.ofSeconds(60), random);
    }
}
