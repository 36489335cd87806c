package io.spillway.router.forwarding;

import io.spillway.api.state.RoutingState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The egress guard, which notes on which threads it judges and can be made to fail.
public final class WatchedGuard extends EgressGuard {
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean failing;

    public WatchedGuard() {
        super(Duration.ofMinutes(15));
    }

    public void fail() {
        failing = true;
    }

    public Queue<String> threads() {
        return threads;
    }

    @Override
    public EgressVerdict judge(
            Egress egress, RoutingState state, Duration stateAge, long nowNanos) {
        threads.add(Thread.currentThread().getName());
        if (failing) {
            throw new IllegalStateException(new String(egress.body(), StandardCharsets.UTF_8));
        }
        return super.judge(egress, state, stateAge, nowNanos);
    }
}
