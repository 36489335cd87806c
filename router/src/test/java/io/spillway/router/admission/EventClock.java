package io.spillway.router.admission;

import java.util.Comparator;
import java.util.PriorityQueue;

/// Runs things at simulated times, in order; equal times in the order they were asked for.
final class EventClock {
    private record Event(long at, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long order;

    long now() {
        return now;
    }

    void at(long time, Runnable what) {
        events.add(new Event(Math.max(now, time), order++, what));
    }

    void after(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    /// Runs events until none is left or the time is reached.
    void runUntil(long time) {
        while (!events.isEmpty() && events.peek().at() <= time) {
            var next = events.remove();
            now = next.at();
            next.what().run();
        }
        now = Math.max(now, time);
    }
}
