package io.spillway.router.admission;

import io.spillway.api.environment.PoolKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All waiting work over all pools. Work may stand in several queues; it leaves all at once.
final class Waiters {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long SPILLABLE_REDECIDE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long REDECIDE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Map<PoolKey, PoolDesk> desks;
    private final Map<Long, Waiter> byId = new TreeMap<>();

    Waiters(Map<PoolKey, PoolDesk> desks) {
        this.desks = desks;
    }

    @Nullable Waiter find(Ticket ticket) {
        return byId.get(ticket.id());
    }

    /// Enters or re-enters the queues of these pools, making room by sending away less important
    /// work if it must.
    ///
    /// @return false when no queue has a place for it; it stands in none then
    boolean enter(Waiter waiter, List<PoolDesk> wanted, List<Wake> events, long now) {
        withdraw(waiter);
        waiter.woken = false;
        waiter.decidedAt = now;
        waiter.wished.clear();
        wanted.forEach(desk -> waiter.wished.add(desk.key()));
        for (var key : List.copyOf(waiter.pools)) {
            if (!waiter.wished.contains(key)) {
                leave(waiter, key);
            }
        }
        for (var desk : wanted) {
            if (desk.line.contains(waiter) || desk.hasPlace(waiter, now)) {
                stand(waiter, desk, now);
            }
        }
        if (waiter.pools.isEmpty() && makeRoom(waiter, wanted.getFirst(), events, now)) {
            stand(waiter, wanted.getFirst(), now);
        }
        return !waiter.pools.isEmpty();
    }

    private void stand(Waiter waiter, PoolDesk desk, long now) {
        waiter.pools.add(desk.key());
        desk.line.add(waiter, now);
        byId.put(waiter.ticket.id(), waiter);
    }

    private boolean makeRoom(Waiter newcomer, PoolDesk desk, List<Wake> events, long now) {
        while (!desk.hasPlace(newcomer, now)) {
            var victim = desk.line.victimFor(newcomer);
            if (victim.isEmpty()) {
                return false;
            }
            end(victim.get());
            events.add(
                    new Wake.Shed(
                            victim.get().ticket,
                            new Admission.Refused(
                                    Admission.Reason.QUEUE_FULL,
                                    desk.retryAfterMillis(now),
                                    "its place went to more urgent work")));
        }
        return true;
    }

    /// Lets those into an empty queue that found it full when they came.
    void refill(PoolDesk desk, long now) {
        for (var waiter : byId.values()) {
            if (waiter.offer == null
                    && waiter.wished.contains(desk.key())
                    && desk.hasPlace(waiter, now)) {
                waiter.pools.add(desk.key());
                desk.line.add(waiter, now);
            }
        }
    }

    boolean none() {
        return byId.isEmpty();
    }

    /// Holds a slot for it and asks it to decide again.
    void offer(Waiter waiter, PoolDesk desk, List<Wake> events, long now) {
        desk.offer(waiter);
        desk.line.served(waiter, now);
        for (var key : waiter.pools) {
            var other = desks.get(key);
            if (other != null) {
                other.line.suspend(waiter);
            }
        }
        wake(waiter, events, now);
    }

    private static void wake(Waiter waiter, List<Wake> events, long now) {
        if (!waiter.woken) {
            waiter.woken = true;
            waiter.wokenAt = now;
            events.add(new Wake.Redecide(waiter.ticket));
        }
    }

    /// Ends its waiting, whatever the reason.
    void end(Waiter waiter) {
        withdraw(waiter);
        for (var key : List.copyOf(waiter.pools)) {
            leave(waiter, key);
        }
        byId.remove(waiter.ticket.id());
    }

    private void withdraw(Waiter waiter) {
        var desk = waiter.offer == null ? null : desks.get(waiter.offer);
        if (desk != null) {
            desk.withdraw(waiter);
        }
        waiter.offer = null;
    }

    private void leave(Waiter waiter, PoolKey key) {
        waiter.pools.remove(key);
        var desk = desks.get(key);
        if (desk != null) {
            desk.line.remove(waiter);
        }
    }

    void poolGone(PoolKey key, List<Wake> events, long now) {
        var desk = desks.get(key);
        if (desk == null) {
            return;
        }
        for (var waiter : desk.line.waiters()) {
            if (key.equals(waiter.offer)) {
                withdraw(waiter);
                standAgain(waiter, now);
            }
            leave(waiter, key);
            waiter.wished.remove(key);
            wake(waiter, events, now);
        }
    }

    void tick(List<Wake> events, long now) {
        for (var waiter : new ArrayList<>(byId.values())) {
            if (now - waiter.work().deadlineNanos() >= 0) {
                end(waiter);
                events.add(new Wake.Expired(waiter.ticket));
            } else if (waiter.woken && now - waiter.wokenAt >= PATIENCE_NANOS) {
                // Its router did not answer: the slot goes to someone who will.
                withdraw(waiter);
                standAgain(waiter, now);
                waiter.woken = false;
                waiter.decidedAt = now;
            } else if (!waiter.woken && now - waiter.decidedAt >= redecideAfter(waiter)) {
                wake(waiter, events, now);
            }
        }
    }

    /// A policy may open another pool as predictions change, above all to work that may spill.
    private static long redecideAfter(Waiter waiter) {
        return waiter.work().spillable() ? SPILLABLE_REDECIDE_NANOS : REDECIDE_NANOS;
    }

    private void standAgain(Waiter waiter, long now) {
        for (var key : waiter.pools) {
            var desk = desks.get(key);
            if (desk != null) {
                desk.line.add(waiter, now);
            }
        }
    }
}
