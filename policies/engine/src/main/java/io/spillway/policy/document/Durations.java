package io.spillway.policy.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as CEL writes them: `1500ms`, `2s`, `1m30s`.
public final class Durations {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(h|ms|us|ns|m|s)");

    private Durations() {}

    /// Reads a duration.
    ///
    /// @throws IllegalArgumentException when it is none, saying what one looks like
    public static Duration parse(String text) {
        var matcher = PART.matcher(text);
        var nanos = BigDecimal.ZERO;
        int end = 0;
        while (matcher.lookingAt()) {
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2))));
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (end == 0 || end != text.length() || nanos.compareTo(new BigDecimal(1L << 62)) > 0) {
            throw new IllegalArgumentException("'%s' is no duration".formatted(text));
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static BigDecimal unit(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    case "us" -> 1_000L;
                    default -> 1L;
                });
    }
}
