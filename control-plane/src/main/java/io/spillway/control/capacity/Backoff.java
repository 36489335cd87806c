package io.spillway.control.capacity;

import java.time.Duration;
import java.time.Instant;

/// How long to leave a driver alone after failures: 5 s, doubled up to 5 min.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Duration next = FIRST;
    private Instant until = Instant.MIN;

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    void succeeded() {
        next = FIRST;
        until = Instant.MIN;
    }

    void failed(Instant now) {
        until = now.plus(next);
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    }
}
