package io.spillway.sync.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// How long things took.
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();

    /// Waits for a condition and notes the time since `start`.
    void add(long start, Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
                throw new AssertionError("nothing came within 30 s");
            }
            LockSupport.parkNanos(200_000);
        }
        nanos.add(System.nanoTime() - start);
    }

    Duration percentile(int percent) {
        var sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((sorted.size() - 1) * percent / 100));
    }

    @Override
    public String toString() {
        return "p50 %d ms, p99 %d ms, max %d ms"
                .formatted(
                        percentile(50).toMillis(),
                        percentile(99).toMillis(),
                        percentile(100).toMillis());
    }
}
