package io.spillway.router.api;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds the bytes of request bodies held at once, over all event loops: many large bodies
/// together could fill the heap though each is below its limit. Thread-safe.
public final class BodyMemory {
    private final AtomicLong free;

    public BodyMemory(long bytes) {
        free = new AtomicLong(bytes);
    }

    /// Takes so many bytes, or none and answers false.
    boolean take(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    /// Gives bytes back.
    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
