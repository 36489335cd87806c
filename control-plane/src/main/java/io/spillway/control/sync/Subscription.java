package io.spillway.control.sync;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A change stream's end, which may come before its beginning is through.
final class Subscription {
    private static final AutoCloseable CLOSED = () -> {};
    private final AtomicReference<@Nullable AutoCloseable> stream = new AtomicReference<>();

    void holds(AutoCloseable opened) {
        if (!stream.compareAndSet(null, opened)) {
            end(opened);
        }
    }

    void close() {
        var open = stream.getAndSet(CLOSED);
        if (open != null) {
            end(open);
        }
    }

    private static void end(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException("a change stream cannot be ended", e);
        }
    }
}
