package io.spillway.testbed.replay;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Median and 99th percentile of some measurements.
///
/// @param count how many there are
/// @param p50 null when there are none
/// @param p99 null when there are none
public record Spread(int count, @Nullable Long p50, @Nullable Long p99) {

    static Spread of(List<? extends @Nullable Long> values) {
        var sorted =
                values.stream()
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sorted()
                        .toArray();
        return sorted.length == 0
                ? new Spread(0, null, null)
                : new Spread(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99));
    }

    /// The smallest value that at least `share` of all do not exceed.
    private static long rank(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
