package io.spillway.router.api;

import io.spillway.api.request.DataClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a caller may say about its request in headers of ours.
///
/// @param dataClass value of `x-spillway-data-class`, null when absent
/// @param session value of `x-spillway-session`, null when absent
/// @param priority value of `x-spillway-priority`, null when absent
/// @param timeout value of `x-spillway-timeout-ms`, null when absent
public record CallerHeaders(
        @Nullable DataClass dataClass,
        @Nullable String session,
        @Nullable Integer priority,
        @Nullable Duration timeout) {

    private static final int MAX_SESSION = 128;
    private static final long MAX_TIMEOUT_MILLIS = 3_600_000;

    /// Reads them.
    ///
    /// @throws InvalidHeaderException when one is wrong: a class that cannot be read must not be
    ///   taken as no class
    public static CallerHeaders of(IncomingRequest request) throws InvalidHeaderException {
        return new CallerHeaders(
                dataClass(request.header("x-spillway-data-class")),
                session(request.header("x-spillway-session")),
                priority(request.header("x-spillway-priority")),
                timeout(request.header("x-spillway-timeout-ms")));
    }

    private static @Nullable DataClass dataClass(@Nullable String text)
            throws InvalidHeaderException {
        if (text == null) {
            return null;
        }
        return DataClass.parse(text.strip())
                .orElseThrow(() ->
                        new InvalidHeaderException(
                                "x-spillway-data-class",
                                "must be public, internal, confidential or restricted"));
    }

    private static @Nullable String session(@Nullable String text) throws InvalidHeaderException {
        if (text != null && (text.isBlank() || text.length() > MAX_SESSION)) {
            throw new InvalidHeaderException(
                    "x-spillway-session", "must have 1 to %d characters".formatted(MAX_SESSION));
        }
        return text;
    }

    private static @Nullable Integer priority(@Nullable String text) throws InvalidHeaderException {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]")) {
            throw new InvalidHeaderException(
                    "x-spillway-priority", "must be a digit, 9 being served first");
        }
        return Integer.valueOf(text);
    }

    private static @Nullable Duration timeout(@Nullable String text) throws InvalidHeaderException {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,7}")
                || Long.parseLong(text) == 0
                || Long.parseLong(text) > MAX_TIMEOUT_MILLIS) {
            throw new InvalidHeaderException(
                    "x-spillway-timeout-ms",
                    "must be a number of milliseconds from 1 to %d".formatted(MAX_TIMEOUT_MILLIS));
        }
        return Duration.ofMillis(Long.parseLong(text));
    }
}
