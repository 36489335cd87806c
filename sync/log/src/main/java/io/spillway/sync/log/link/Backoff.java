package io.spillway.sync.log.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: doubling up to a limit, with jitter, so that routers that
/// lost the same control plane do not all come back at once. For one thread.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// Between half and the whole of a time that doubles with each call.
    Duration next() {
        var half = next.toMillis() / 2;
        var delay = Duration.ofMillis(half + random.nextLong(half + 1));
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return delay;
    }

    /// Starts again after a success.
    void reset() {
        next = FIRST;
    }
}
