package io.spillway.router;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The bounded pool that reads, classifies and looks through bodies too large for an event loop.
/// When it is full the request is refused: nothing passes unread.
final class LargeBodies implements AutoCloseable {
    /// Bodies above this many bytes come here.
    static final int FROM_BYTES = 64 * 1024;

    private static final int QUEUE = 64;

    private final ThreadPoolExecutor pool;

    LargeBodies(int threads) {
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        Thread.ofPlatform().daemon().name("large-body-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /// Runs a task.
    ///
    /// @return false when the pool is full
    boolean run(Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
