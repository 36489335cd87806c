package io.spillway.testbed.engine;

import java.util.Arrays;

/// Counts of observations by upper bound, as Prometheus keeps them. Not thread-safe.
public final class Histogram {
    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /// @param bounds upper bounds in rising order; the last bucket, +Inf, is implied
    public Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new long[bounds.length + 1];
    }

    /// Counts one observation.
    public void add(double value) {
        int found = Arrays.binarySearch(bounds, value);
        counts[found >= 0 ? found : -found - 1]++;
        sum += value;
    }

    /// Adds all of another histogram's observations.
    public void addAll(Histogram other) {
        if (!Arrays.equals(bounds, other.bounds)) {
            throw new IllegalArgumentException("histograms of different bounds cannot be added");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        sum += other.sum;
    }

    /// The upper bounds, +Inf left out.
    public double[] bounds() {
        return bounds.clone();
    }

    /// Observations at or below the bound at `index`; all of them at the index after the last.
    public long cumulative(int index) {
        long total = 0;
        for (int i = 0; i <= index; i++) {
            total += counts[i];
        }
        return total;
    }

    /// All observations.
    public long count() {
        return cumulative(bounds.length);
    }

    /// Sum of all observations.
    public double sum() {
        return sum;
    }
}
