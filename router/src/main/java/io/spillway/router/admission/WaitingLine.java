package io.spillway.router.admission;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The queue of one pool: bands first; inside a band those that have no other pool before those
/// that stand elsewhere too, then fair shares; first come first served inside a tenant. A band that
/// has waiters rises by one for each aging time in which none of them got its turn, so that none
/// starves. (The age of the single waiter would not do: it would favour whoever has the longest
/// backlog.)
///
/// Counts every waiter until it leaves for good, also while a slot is on offer to it, so that its
/// bounds hold when it comes back.
final class WaitingLine {
    private static final int TOP_BAND = 9;

    private final FairShare share;
    private final long agingNanos;
    private final Map<Lane, TreeMap<Long, Waiter>> lanes = new HashMap<>();
    private final Map<Long, Waiter> present = new TreeMap<>();
    private final Map<String, Stock> tenantTokens = new HashMap<>();
    private final int[] bandSize = new int[TOP_BAND + 1];
    private final long[] bandServedAt = new long[TOP_BAND + 1];
    private long tokens;

    WaitingLine(FairShare share, long agingNanos) {
        this.share = share;
        this.agingNanos = agingNanos;
    }

    /// Waiters that are interchangeable but for their age. A retry has a lane of its own, because
    /// the endpoints it may not use could block those behind it.
    private record Lane(String tenant, int band, boolean spillable, long retry) {
        static Lane of(Waiter waiter) {
            var work = waiter.work();
            long retry = work.tried().isEmpty() ? 0 : waiter.ticket.id();
            return new Lane(work.tenant(), work.priority(), work.spillable(), retry);
        }
    }

    int size() {
        return present.size();
    }

    long tokens() {
        return tokens;
    }

    boolean contains(Waiter waiter) {
        return present.containsKey(waiter.ticket.id());
    }

    Iterable<Waiter> waiters() {
        return List.copyOf(present.values());
    }

    void add(Waiter waiter, long now) {
        int band = waiter.work().priority();
        if (bandSize[band] == 0) {
            bandServedAt[band] = now;
        }
        if (present.putIfAbsent(waiter.ticket.id(), waiter) == null) {
            var tenant = waiter.work().tenant();
            if (!tenantTokens.containsKey(tenant)) {
                share.arrives(tenant, tenantTokens.keySet());
            }
            bandSize[band]++;
            tokens += waiter.tokens();
            tenantTokens.merge(tenant, new Stock(1, waiter.tokens()), Stock::plus);
        }
        lanes.computeIfAbsent(Lane.of(waiter), _ -> new TreeMap<>())
                .put(waiter.ticket.id(), waiter);
    }

    /// Takes it out of the order but keeps its place counted.
    void suspend(Waiter waiter) {
        var lane = Lane.of(waiter);
        var members = lanes.get(lane);
        if (members != null) {
            members.remove(waiter.ticket.id());
            if (members.isEmpty()) {
                lanes.remove(lane);
            }
        }
    }

    void remove(Waiter waiter) {
        suspend(waiter);
        if (present.remove(waiter.ticket.id()) != null) {
            bandSize[waiter.work().priority()]--;
            tokens -= waiter.tokens();
            tenantTokens.computeIfPresent(
                    waiter.work().tenant(),
                    (_, stock) ->
                            stock.waiters() == 1
                                    ? null
                                    : stock.plus(new Stock(-1, -waiter.tokens())));
        }
    }

    /// Who goes next among those that `eligible` lets pass; looks at the eldest of each lane.
    Optional<Waiter> next(Predicate<Waiter> eligible, long now) {
        @Nullable Waiter best = null;
        int bestBand = -1;
        for (var members : lanes.values()) {
            var head = members.firstEntry().getValue();
            int band = band(head.work().priority(), now);
            if (band < bestBand || !eligible.test(head)) {
                continue;
            }
            if (best == null || band > bestBand || before(head, best)) {
                best = head;
                bestBand = band;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean before(Waiter one, Waiter other) {
        if (one.hasAlternative() != other.hasAlternative()) {
            return other.hasAlternative();
        }
        int order =
                Double.compare(
                        share.counter(one.work().tenant()), share.counter(other.work().tenant()));
        return order != 0 ? order < 0 : one.ticket.id() < other.ticket.id();
    }

    private int band(int band, long now) {
        long since = Math.max(0, now - bandServedAt[band]);
        return (int) Math.min(TOP_BAND, band + since / agingNanos);
    }

    /// It got its turn.
    void served(Waiter waiter, long now) {
        bandServedAt[waiter.work().priority()] = now;
    }

    /// Waiters that a new request of this band would stand behind.
    int ahead(int band) {
        int count = 0;
        for (var waiter : present.values()) {
            count += waiter.work().priority() >= band ? 1 : 0;
        }
        return count;
    }

    /// Waiters that stand before this one, roughly: fair shares may change it.
    int ahead(Waiter of) {
        int count = 0;
        for (var waiter : present.values()) {
            int band = waiter.work().priority();
            boolean before =
                    band > of.work().priority()
                            || (band == of.work().priority()
                                    && waiter.ticket.id() < of.ticket.id());
            count += before ? 1 : 0;
        }
        return count;
    }

    /// Who must leave before the newcomer, if anyone: the lowest band first, then work that could
    /// spill, then the tenant with the most waiting tokens, then the newest. Waiters that a slot is
    /// on offer to stay.
    Optional<Waiter> victimFor(Waiter newcomer) {
        Comparator<Waiter> leavesFirst =
                Comparator.<Waiter>comparingInt(it -> it.work().priority())
                        .thenComparingInt(it -> it.work().spillable() ? 0 : 1)
                        .thenComparingLong(it -> -stockWith(newcomer, it.work().tenant()))
                        .thenComparingLong(it -> -it.ticket.id());
        return present.values().stream()
                .filter(it -> it.offer == null)
                .min(leavesFirst)
                .filter(it -> leavesFirst.compare(it, newcomer) < 0);
    }

    private long stockWith(Waiter newcomer, String tenant) {
        var stock = tenantTokens.getOrDefault(tenant, new Stock(0, 0));
        return stock.tokens() + (tenant.equals(newcomer.work().tenant()) ? newcomer.tokens() : 0);
    }

    /// What a tenant has waiting.
    private record Stock(int waiters, long tokens) {
        Stock plus(Stock more) {
            return new Stock(waiters + more.waiters, tokens + more.tokens);
        }
    }
}
