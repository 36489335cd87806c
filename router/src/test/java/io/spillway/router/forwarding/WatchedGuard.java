package io.spillway.router.forwarding;

import io.spillway.api.state.RoutingState;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The egress guard, which notes on which threads it judges.
public final class WatchedGuard extends EgressGuard {
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    public WatchedGuard() {
        super(Duration.ofMinutes(15));
    }

    public Queue<String> threads() {
        return threads;
    }

    @Override
    public EgressVerdict judge(
            Egress egress, RoutingState state, Duration stateAge, long nowNanos) {
        threads.add(Thread.currentThread().getName());
        return super.judge(egress, state, stateAge, nowNanos);
    }
}
