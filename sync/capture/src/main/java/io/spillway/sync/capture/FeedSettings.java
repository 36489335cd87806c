package io.spillway.sync.capture;

import java.time.Duration;

/// How a feed behaves over time.
///
/// @param check how often the feed looks whether the outbox holds more than it was told
/// @param beacon how often followers get a beacon
/// @param slowest longest time that a line may take to be sent
/// @param tail change sets kept in memory for followers that come back
public record FeedSettings(Duration check, Duration beacon, Duration slowest, int tail) {

    /// 1 s, 5 s, 15 s and 10,000 change sets.
    public static final FeedSettings DEFAULT =
            new FeedSettings(
                    Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15), 10_000);
}
