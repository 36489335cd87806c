package io.spillway.router;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds the bytes of request bodies held at once, over all event loops: many large bodies
/// together could fill the heap though each is below its limit. Thread-safe.
final class BodyMemory {
    private final AtomicLong free;

    BodyMemory(long bytes) {
        free = new AtomicLong(bytes);
    }

    boolean take(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
