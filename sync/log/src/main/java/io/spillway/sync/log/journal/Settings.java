package io.spillway.sync.log.journal;

import java.time.Duration;

/// How large a journal may grow and how long a record may wait.
///
/// @param maxBytes size on the disk beyond which nothing but settlements is taken
/// @param segmentBytes size at which a new file is begun
/// @param lazyDelay longest time that records nobody waits for stay off the disk
public record Settings(long maxBytes, long segmentBytes, Duration lazyDelay) {

    /// 256 MiB in files of 8 MiB; 50 ms.
    public static final Settings DEFAULT =
            new Settings(256L << 20, 8L << 20, Duration.ofMillis(50));

    public Settings {
        if (segmentBytes < Segment.HEADER || maxBytes < segmentBytes) {
            throw new IllegalArgumentException(
                    "journal has maxBytes=%d, segmentBytes=%d; expected segmentBytes >= %d and maxBytes >= segmentBytes"
                            .formatted(maxBytes, segmentBytes, Segment.HEADER));
        }
    }
}
