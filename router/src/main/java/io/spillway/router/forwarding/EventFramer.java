package io.spillway.router.forwarding;

import io.spillway.api.connector.ResponseObserver;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a server-sent event stream into whole events and passes their bytes on unchanged.
///
/// Events go on whole, so a stream that breaks never leaves half an event before our error event.
/// Not thread-safe; one instance per stream. Sans-I/O.
final class EventFramer {
    /// No event of a model server comes near this; without a bound one server could fill the heap.
    static final int MAX_EVENT = 8 * 1024 * 1024;

    private final ResponseObserver observer;
    private final boolean dropUsage;
    private final @Nullable AnswerEdit edit;
    private byte[] pending = new byte[0];
    private int length;
    private int scanned;
    private int lineStart;
    private int events;
    private boolean done;
    private boolean error;

    /// @param dropUsage whether to leave out the usage-only event, which we asked for and the
    ///   caller did not
    /// @param edit changes events on their way, null to pass them as they are
    EventFramer(ResponseObserver observer, boolean dropUsage, @Nullable AnswerEdit edit) {
        this.observer = observer;
        this.dropUsage = dropUsage;
        this.edit = edit;
    }

    /// Whether the terminator has passed.
    boolean done() {
        return done;
    }

    /// Whether the server reported an error inside the stream.
    boolean error() {
        return error;
    }

    /// Whole events seen, dropped ones included.
    int events() {
        return events;
    }

    /// Takes the next bytes.
    ///
    /// @return the bytes to pass on now, possibly none
    /// @throws IllegalStateException when an event exceeds [#MAX_EVENT]
    Buffer feed(Buffer chunk) {
        append(chunk);
        var out = Buffer.buffer(length);
        int eventStart = 0;
        int at = scanned;
        while (at < length) {
            byte b = pending[at];
            if (b != '\n' && b != '\r') {
                at++;
                continue;
            }
            if (b == '\r' && at + 1 == length) {
                break; // its line feed may be in the next chunk
            }
            int next = b == '\r' && pending[at + 1] == '\n' ? at + 2 : at + 1;
            if (at == lineStart) {
                pass(eventStart, at, next, out);
                eventStart = next;
            }
            lineStart = next;
            at = next;
        }
        scanned = at;
        compact(eventStart);
        return out;
    }

    private void append(Buffer chunk) {
        int need = Math.addExact(length, chunk.length());
        if (length > MAX_EVENT) {
            throw new IllegalStateException("an event exceeds %d bytes".formatted(MAX_EVENT));
        }
        if (need > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(need, pending.length * 2));
        }
        chunk.getBytes(pending, length);
        length = need;
    }

    private void pass(int from, int contentTo, int to, Buffer out) {
        events++;
        var kind = observer.event(pending, from, contentTo);
        done |= kind == ResponseObserver.Event.DONE;
        error |= kind == ResponseObserver.Event.ERROR;
        if (kind == ResponseObserver.Event.USAGE_ONLY && dropUsage) {
            return;
        }
        if (edit == null) {
            out.appendBytes(pending, from, to - from);
        } else {
            edit.event(pending, from, contentTo, to, kind, out);
        }
    }

    private void compact(int from) {
        if (from == 0) {
            return;
        }
        System.arraycopy(pending, from, pending, 0, length - from);
        length -= from;
        scanned -= from;
        lineStart -= from;
        if (length == 0 && pending.length > 64 * 1024) {
            pending = new byte[0];
        }
    }
}
