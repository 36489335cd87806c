package io.spillway.router.admission;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.router.balancing.PoolView;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One pool as admission sees it: its endpoints, its queue, the slots on offer and the headroom
/// kept for work that has nowhere else to go. Confined to the dispatcher's lock.
final class PoolDesk {
    static final long LEAST_RETRY_MILLIS = 1_000;
    private static final int MOST_UNMET = 100_000;
    private static final long MOST_RETRY_MILLIS = 60_000;

    private static final PoolView.Demand ANY = PoolView.Demand.of(0);

    final PoolView view;
    final FairShare share;
    final WaitingLine line;
    private final AdmissionSettings settings;
    private Zone zone;
    private int offers;
    private final Set<Long> unmet = new HashSet<>();

    PoolDesk(PoolView view, Zone zone, AdmissionSettings settings) {
        this.view = view;
        this.zone = zone;
        this.settings = settings;
        this.share = new FairShare(settings.tenantWeights());
        this.line = new WaitingLine(share, settings.agingNanos());
    }

    PoolKey key() {
        return view.key();
    }

    void zone(Zone next) {
        zone = next;
    }

    /// Slots that such work could take now; one on offer to it counts as free.
    int free(Work work, PoolView.Demand demand, @Nullable Waiter waiter, long now) {
        boolean offered = waiter != null && key().equals(waiter.offer);
        int least = offered && view.free(demand, now) > 0 ? 1 : 0;
        return Math.max(least, free(work.spillable(), demand, now));
    }

    private int free(boolean spillable, PoolView.Demand demand, long now) {
        int free = view.free(demand, now) - offers;
        return spillable ? free - headroom(now) : free;
    }

    /// One slot at least is open to all: work that may spill in principle may have nowhere to go.
    private int headroom(long now) {
        if (zone != Zone.PRIVATE) {
            return 0;
        }
        int slots = view.slots(now);
        int kept = (int) Math.ceil(settings.privateHeadroom() * slots);
        return Math.clamp(slots - 1, 0, kept);
    }

    /// Whether any slot is neither used nor on offer.
    boolean hasFree(long now) {
        return free(false, ANY, now) > 0;
    }

    /// The waiter that should get a free slot, if there is one of each.
    Optional<Waiter> nextOffer(long now) {
        if (line.size() == 0 || !hasFree(now)) {
            return Optional.empty();
        }
        return line.next(it -> free(it.work().spillable(), it.demand, now) > 0, now);
    }

    void offer(Waiter waiter) {
        waiter.offer = key();
        offers++;
    }

    void withdraw(Waiter waiter) {
        if (key().equals(waiter.offer)) {
            waiter.offer = null;
            offers--;
        }
    }

    /// Whether the queue has a place.
    boolean hasPlace(Waiter waiter, long now) {
        int places = settings.queue().places(view.drainPerSecond(now));
        long most = (long) places * settings.queue().tokensPerPlace();
        return line.size() < places
                && (line.size() == 0 || line.tokens() + waiter.tokens() <= most);
    }

    PoolFacts facts(Work work, PoolView.Demand demand, @Nullable Waiter waiter, long now) {
        int free = free(work, demand, waiter, now);
        return new PoolFacts(
                key(), view.ready(now), free, predict(work, demand, waiter, free > 0, now));
    }

    /// Wait in our queue plus the endpoint's own time.
    private OptionalLong predict(
            Work work, PoolView.Demand demand, @Nullable Waiter waiter, boolean room, long now) {
        var served = view.predict(demand, now);
        if (served.isEmpty()) {
            return OptionalLong.empty();
        }
        double wait = 0;
        if (!room) {
            int ahead =
                    waiter != null && line.contains(waiter)
                            ? line.ahead(waiter)
                            : line.ahead(work.priority());
            wait = waitMillis(ahead, now);
        }
        return OptionalLong.of(Math.round(served.getAsDouble() + wait));
    }

    private double waitMillis(int ahead, long now) {
        return 1000.0 * (ahead + 1) / view.drainPerSecond(now);
    }

    /// Prediction for a usual request that could spill.
    OptionalLong predictTypical(long now) {
        var demand = PoolView.Demand.of(view.typicalPrompt());
        var served = view.predict(demand, now);
        if (served.isEmpty()) {
            return OptionalLong.empty();
        }
        double wait = 0;
        if (free(true, demand, now) <= 0) {
            wait = waitMillis(line.ahead(Work.DEFAULT_PRIORITY), now);
        }
        return OptionalLong.of(Math.round(served.getAsDouble() + wait));
    }

    /// When trying again makes sense.
    long retryAfterMillis(long now) {
        double wait = waitMillis(line.size(), now);
        return Math.clamp((long) wait, LEAST_RETRY_MILLIS, MOST_RETRY_MILLIS);
    }

    /// A request wished for this pool and found no room or no ready endpoint.
    void unmet(Waiter waiter) {
        if (unmet.size() < MOST_UNMET) {
            unmet.add(waiter.ticket.id());
        }
    }

    /// Requests with such a wish since the last call, each counted once: one that still waits
    /// counts again in the next period, because its wish goes on.
    int takeUnmet() {
        int count = unmet.size();
        unmet.clear();
        return count;
    }
}
