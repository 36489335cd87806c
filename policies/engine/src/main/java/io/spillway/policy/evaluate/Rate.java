package io.spillway.policy.evaluate;

/// A share with its 95 % interval by Wilson's score, which stays inside 0 and 1 and is honest for
/// few observations and for shares near the ends.
///
/// @param hits how many
/// @param of out of how many
public record Rate(long hits, long of) {
    private static final double Z = 1.959963984540054;

    /// The share; not a number when there was nothing to observe.
    public double value() {
        return of == 0 ? Double.NaN : (double) hits / of;
    }

    /// The lower end of the interval.
    public double low() {
        return of == 0 ? 0 : Math.max(0, centre() - halfWidth());
    }

    /// The upper end of the interval.
    public double high() {
        return of == 0 ? 1 : Math.min(1, centre() + halfWidth());
    }

    private double centre() {
        return (value() + Z * Z / (2 * of)) / (1 + Z * Z / of);
    }

    private double halfWidth() {
        double p = value();
        return Z / (1 + Z * Z / of) * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    }
}
