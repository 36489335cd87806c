package io.spillway.router.masking;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One server-sent event, with its data apart from its other lines.
///
/// @param other its other lines, each with a line feed
/// @param json its data
@SuppressWarnings("ArrayRecordComponent") // pieces of a buffer, never compared
record EventLines(byte[] other, byte[] json) {

    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

    /// Reads an event, null when it has no data.
    static @Nullable EventLines of(byte[] buffer, int from, int to) {
        var other = new ByteArrayOutputStream(0);
        var json = new ByteArrayOutputStream(to - from);
        boolean any = false;
        for (int start = from; start < to; ) {
            int end = start;
            while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            if (isData(buffer, start, end)) {
                if (any) {
                    json.write('\n');
                }
                any = true;
                int value = start + DATA.length;
                value += value < end && buffer[value] == ' ' ? 1 : 0;
                json.write(buffer, value, end - value);
            } else if (end > start) {
                other.write(buffer, start, end - start);
                other.write('\n');
            }
            start = end + 1;
        }
        return any ? new EventLines(other.toByteArray(), json.toByteArray()) : null;
    }

    private static boolean isData(byte[] buffer, int from, int to) {
        return to - from >= DATA.length
                && Arrays.equals(buffer, from, from + DATA.length, DATA, 0, DATA.length);
    }

    /// Appends the event with other data.
    void with(byte[] data, Buffer out) {
        out.appendBytes(other);
        int start = 0;
        while (start <= data.length) {
            int end = start;
            while (end < data.length && data[end] != '\n') {
                end++;
            }
            out.appendString("data: ").appendBytes(data, start, end - start).appendString("\n");
            start = end + 1;
        }
        out.appendString("\n");
    }
}
