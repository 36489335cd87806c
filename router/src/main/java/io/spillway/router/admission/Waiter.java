package io.spillway.router.admission;

import io.spillway.api.environment.PoolKey;
import io.spillway.router.balancing.PoolView;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A waiting request and what is going on with it. Confined to the dispatcher's lock.
final class Waiter {
    final Ticket ticket;
    final PoolView.Demand demand;

    /// Pools it may use.
    final Set<PoolKey> wished = new HashSet<>();

    /// Those of them in whose queue it stands: some may have had no place.
    final Set<PoolKey> pools = new LinkedHashSet<>();

    /// The pool that holds a slot for it, null for none.
    @Nullable PoolKey offer;

    /// Whether its router was asked to decide again and has not answered.
    boolean woken;

    long wokenAt;
    long decidedAt;

    Waiter(Ticket ticket) {
        this.ticket = ticket;
        this.demand = demandOf(ticket.work());
        this.decidedAt = ticket.queuedAt();
    }

    static PoolView.Demand demandOf(Work work) {
        return new PoolView.Demand(work.promptTokens(), work.stream(), work.prefix(), work.tried());
    }

    Work work() {
        return ticket.work();
    }

    /// Whether another pool may take it as well.
    boolean hasAlternative() {
        return pools.size() > 1;
    }

    long tokens() {
        return tokens(work());
    }

    static long tokens(Work work) {
        return (long) work.promptTokens() + work.outputTokens();
    }
}
