package io.spillway.testbed.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// A way to misbehave.
///
/// @param kind what happens
/// @param status HTTP status of an `ERROR`
/// @param afterEvents events that still get out before a `CUT` or `STALL`
/// @param delayMillis how long a `SLOW` request waits before the engine sees it
/// @param probability share of requests it hits, 0.0 to 1.0
/// @param count requests it hits at most before it switches itself off
public record Fault(
        Kind kind, int status, int afterEvents, long delayMillis, double probability, int count) {

    /// Kinds of faults.
    public enum Kind {
        /// Answers with an error body of the server's own.
        ERROR,
        /// Closes the connection in the middle of the answer.
        CUT,
        /// Sends nothing more and keeps the connection open.
        STALL,
        /// The whole server goes, without a farewell.
        DIE,
        /// Begins late.
        SLOW,
        /// Behaves.
        NONE
    }

    /// No fault.
    public static final Fault NONE = of(Kind.NONE);

    public Fault {
        if (!(probability >= 0 && probability <= 1)
                || count < 0
                || afterEvents < 0
                || delayMillis < 0
                || status < 400
                || status > 599) {
            throw new IllegalArgumentException(
                    "fault has status=%d, afterEvents=%d, delayMillis=%d, probability=%s, count=%d; expected status 400 to 599, 0.0 <= probability <= 1.0, the others >= 0"
                            .formatted(status, afterEvents, delayMillis, probability, count));
        }
    }

    /// A fault that hits every request.
    public static Fault of(Kind kind) {
        return new Fault(kind, 500, 0, 1000, 1.0, Integer.MAX_VALUE);
    }

    /// The same fault as an error with the given status.
    public Fault withStatus(int value) {
        return new Fault(kind, value, afterEvents, delayMillis, probability, count);
    }

    /// The same fault after the given number of events.
    public Fault withAfterEvents(int value) {
        return new Fault(kind, status, value, delayMillis, probability, count);
    }

    /// The same fault for at most so many requests.
    public Fault withCount(int value) {
        return new Fault(kind, status, afterEvents, delayMillis, probability, value);
    }

    /// The same fault with the given delay.
    public Fault withDelayMillis(long value) {
        return new Fault(kind, status, afterEvents, value, probability, count);
    }

    /// Reads a fault; what is absent has the values of [#of].
    ///
    /// @throws IllegalArgumentException saying what is wrong
    static Fault read(JsonNode json) {
        Kind kind;
        try {
            kind = Kind.valueOf(json.path("kind").asText("").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'kind' must be error, cut, stall, die, slow or none", e);
        }
        return new Fault(
                kind,
                json.path("status").asInt(500),
                json.path("afterEvents").asInt(0),
                json.path("delayMillis").asLong(1000),
                json.path("probability").asDouble(1.0),
                json.path("count").asInt(Integer.MAX_VALUE));
    }
}
