package io.spillway.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The data of one server-sent event, by the rules of the WHATWG event stream format.
final class EventData {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    /// Bytes that hold the data: the event's own buffer when it has one data line.
    final byte[] buffer;

    /// First byte.
    final int from;

    /// Byte after the last.
    final int to;

    /// Whether the event's type is `error`.
    final boolean errorEvent;

    private EventData(byte[] buffer, int from, int to, boolean errorEvent) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.errorEvent = errorEvent;
    }

    /// Reads an event; null when it has no data line.
    static @Nullable EventData of(byte[] buffer, int from, int to) {
        EventData data = null;
        var error = false;
        var start = from;
        while (start < to) {
            var end = lineEnd(buffer, start, to);
            var dataValue = valueOf(DATA, buffer, start, end);
            if (dataValue >= 0) {
                var line = new EventData(buffer, dataValue, end, false);
                data = data == null ? line : data.joined(line);
            } else {
                var type = valueOf(EVENT, buffer, start, end);
                error = type < 0 ? error : matches(ERROR, buffer, type, end);
            }
            start = end + 1; // between CR and LF this sees an empty line, which has no meaning here
        }
        return data == null || !error ? data : new EventData(data.buffer, data.from, data.to, true);
    }

    boolean isDone() {
        var end = to;
        while (end > from && buffer[end - 1] == ' ') {
            end--;
        }
        return matches(DONE, buffer, from, end);
    }

    private EventData joined(EventData next) {
        var first = to - from;
        var joined = new byte[first + 1 + next.to - next.from];
        System.arraycopy(buffer, from, joined, 0, first);
        joined[first] = '\n';
        System.arraycopy(next.buffer, next.from, joined, first + 1, next.to - next.from);
        return new EventData(joined, 0, joined.length, false);
    }

    private static int lineEnd(byte[] buffer, int from, int to) {
        for (var at = from; at < to; at++) {
            if (buffer[at] == '\n' || buffer[at] == '\r') {
                return at;
            }
        }
        return to;
    }

    /// Where the value of a line begins if the line has that field, else -1.
    private static int valueOf(byte[] field, byte[] buffer, int from, int to) {
        var after = from + field.length;
        if (after > to || !matches(field, buffer, from, after)) {
            return -1;
        }
        if (after == to) {
            return to;
        }
        if (buffer[after] != ':') {
            return -1;
        }
        var value = after + 1;
        return value < to && buffer[value] == ' ' ? value + 1 : value;
    }

    private static boolean matches(byte[] expected, byte[] buffer, int from, int to) {
        if (to - from != expected.length) {
            return false;
        }
        for (var i = 0; i < expected.length; i++) {
            if (buffer[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
