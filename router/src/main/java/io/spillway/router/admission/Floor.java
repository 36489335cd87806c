package io.spillway.router.admission;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.state.PoolLoad;
import io.spillway.api.state.RoutingState;
import io.spillway.router.admission.Admission.Reason;
import io.spillway.router.balancing.AttemptOutcome;
import io.spillway.router.balancing.Flight;
import io.spillway.router.balancing.PoolView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The state behind [Dispatcher]: desks, waiting work, slots. Every method runs under its lock;
/// what waiting work must hear of is added to `events`.
///
/// After every change, free slots are offered to waiting work before anyone else may take them. So
/// a newcomer never overtakes, and no free slot goes unnoticed.
final class Floor {
    private final AdmissionSettings settings;
    private final RandomGenerator random;
    private final Map<PoolKey, PoolDesk> desks = new LinkedHashMap<>();
    private final Map<String, PoolDesk> deskOfEndpoint = new HashMap<>();
    private final Waiters waiters;
    private final Map<Long, Live> slots = new HashMap<>();
    private long lastId;

    Floor(AdmissionSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.waiters = new Waiters(desks);
    }

    /// A slot that has not been released.
    private record Live(PoolDesk desk, Flight flight, String tenant, long charged) {}

    void apply(RoutingState state, List<Wake> events, long now) {
        var limits =
                new PoolView.Limits(
                        settings.slots().start(),
                        settings.slots().least(),
                        settings.slots().most(),
                        settings.withoutMetrics());
        var gone = new HashSet<>(desks.keySet());
        deskOfEndpoint.clear();
        state.pools()
                .forEach((key, _) -> {
                    gone.remove(key);
                    var environment = state.environments().get(key.environment());
                    // Of an unknown environment assume the worse: keep headroom in it.
                    var zone = environment == null ? Zone.PRIVATE : environment.zone();
                    var desk =
                            desks.computeIfAbsent(
                                    key,
                                    it ->
                                            new PoolDesk(
                                                    new PoolView(it, limits, random),
                                                    zone,
                                                    settings));
                    desk.zone(zone);
                    desk.share.retain(state.tenants().keySet());
                    var endpoints = state.endpoints().getOrDefault(key, List.of());
                    desk.view.apply(endpoints);
                    endpoints.forEach(it -> deskOfEndpoint.put(it.id(), desk));
                });
        for (var key : gone) {
            waiters.poolGone(key, events, now);
            desks.remove(key);
        }
        offer(events, now);
    }

    void report(String endpoint, LoadReport report, List<Wake> events, long readAt) {
        var desk = deskOfEndpoint.get(endpoint);
        if (desk != null) {
            desk.view.report(endpoint, report, readAt);
            offer(events, readAt);
        }
    }

    void probeFailed(String endpoint, List<Wake> events, long now) {
        var desk = deskOfEndpoint.get(endpoint);
        if (desk != null) {
            desk.view.probeFailed(endpoint);
            offer(events, now);
        }
    }

    @Nullable Waiter waiter(Ticket ticket) {
        return waiters.find(ticket);
    }

    Map<PoolKey, PoolFacts> facts(Work work, @Nullable Waiter waiter, long now) {
        var facts = new HashMap<PoolKey, PoolFacts>();
        var demand = Waiter.demandOf(work);
        for (var desk : desks.values()) {
            if (work.modelVersions().contains(desk.key().modelVersion())) {
                facts.put(desk.key(), desk.facts(work, demand, waiter, now));
            }
        }
        return facts;
    }

    Admission admit(
            Work work, Decision decision, List<PoolKey> wished, List<Wake> events, long now) {
        offer(events, now);
        var waiter = new Waiter(new Ticket(++lastId, work, now));
        countUnmet(waiter, wished);
        return admit(waiter, decision, events, now);
    }

    Admission admit(
            Ticket ticket, Decision decision, List<PoolKey> wished, List<Wake> events, long now) {
        var waiter = waiters.find(ticket);
        if (waiter == null) {
            return new Admission.Ended();
        }
        countUnmet(waiter, wished);
        var admission = admit(waiter, decision, events, now);
        if (!(admission instanceof Admission.Waiting)) {
            waiters.end(waiter);
        }
        offer(events, now);
        return admission;
    }

    private void countUnmet(Waiter waiter, List<PoolKey> wished) {
        for (var key : wished) {
            var desk = desks.get(key);
            if (desk != null) {
                desk.unmet(waiter);
            }
        }
    }

    private Admission admit(Waiter waiter, Decision decision, List<Wake> events, long now) {
        if (now - waiter.work().deadlineNanos() >= 0) {
            return new Admission.Refused(Reason.DEADLINE, 0, "the deadline has passed");
        }
        return switch (decision) {
            case Decision.Serve it -> {
                var keys = it.candidates().stream().map(Candidate::pool).toList();
                yield start(waiter, keys, it.whenFull() == WhenFull.QUEUE, events, now);
            }
            case Decision.Queue it -> start(waiter, it.pools(), true, events, now);
            case Decision.Degrade _ ->
                    new Admission.Refused(Reason.FULL, 0, "the policy degrades the model");
            case Decision.Shed _ ->
                    new Admission.Refused(
                            Reason.FULL, retryAfter(desks.values(), now), "the policy sheds");
            case Decision.Deny _ -> new Admission.Refused(Reason.NO_POOL, 0, "the policy denies");
        };
    }

    private Admission start(
            Waiter waiter, List<PoolKey> keys, boolean mayWait, List<Wake> events, long now) {
        var wanted = new ArrayList<PoolDesk>();
        boolean retriesLeft = false;
        for (var key : keys) {
            var desk = desks.get(key);
            if (desk == null) {
                continue;
            }
            wanted.add(desk);
            if (waiter.work().attempt() > 1
                    && !(desk.view.mayRetry() && desk.view.hasUntried(waiter.demand))) {
                continue;
            }
            retriesLeft = true;
            var slot = take(waiter, desk, now);
            if (slot != null) {
                return new Admission.Admitted(slot);
            }
            desk.unmet(waiter);
        }
        if (wanted.isEmpty()) {
            return new Admission.Refused(Reason.NO_POOL, 0, "no pool that may be used exists");
        }
        if (!retriesLeft) {
            return new Admission.Refused(
                    Reason.NO_RETRY,
                    retryAfter(wanted, now),
                    "the retry budget is used up, or every endpoint was tried");
        }
        if (!mayWait) {
            return new Admission.Refused(
                    Reason.FULL, retryAfter(wanted, now), "no candidate has room");
        }
        if (waiters.enter(waiter, wanted, events, now)) {
            return new Admission.Waiting(waiter.ticket);
        }
        return new Admission.Refused(
                Reason.QUEUE_FULL, retryAfter(wanted, now), "the queue is full");
    }

    private @Nullable Slot take(Waiter waiter, PoolDesk desk, long now) {
        var work = waiter.work();
        if (desk.free(work, waiter.demand, waiter, now) <= 0) {
            return null;
        }
        var choice = desk.view.choose(waiter.demand, now).orElse(null);
        if (choice == null) {
            return null;
        }
        var flight = desk.view.send(choice, waiter.demand, work.attempt() > 1, now);
        long charge = FairShare.cost(work.promptTokens(), work.outputTokens());
        desk.share.charge(work.tenant(), charge);
        var predicted = choice.predictedMillis();
        var slot =
                new Slot(
                        ++lastId,
                        desk.key(),
                        choice.endpoint(),
                        predicted.isPresent()
                                ? OptionalLong.of(Math.round(predicted.getAsDouble()))
                                : OptionalLong.empty(),
                        now - waiter.ticket.queuedAt(),
                        now);
        slots.put(slot.id(), new Live(desk, flight, work.tenant(), charge));
        return slot;
    }

    void firstToken(Slot slot, long now) {
        var live = slots.get(slot.id());
        if (live != null) {
            live.desk.view.firstToken(live.flight, now);
        }
    }

    boolean release(Slot slot, AttemptOutcome outcome, List<Wake> events, long now) {
        var live = slots.remove(slot.id());
        if (live == null) {
            return false;
        }
        live.desk.view.ended(live.flight, outcome, now);
        long actual =
                switch (outcome.kind()) {
                    case FAILED, OVERLOADED, UNSENT -> 0;
                    case OK, CALLER_ERROR, CANCELLED -> {
                        long cost =
                                FairShare.cost(outcome.promptTokens(), outcome.completionTokens());
                        yield cost > 0 ? cost : live.charged;
                    }
                };
        live.desk.share.correct(live.tenant, actual - live.charged);
        offer(events, now);
        return true;
    }

    boolean cancel(Ticket ticket, List<Wake> events, long now) {
        var waiter = waiters.find(ticket);
        if (waiter == null) {
            return false;
        }
        waiters.end(waiter);
        offer(events, now);
        return true;
    }

    void tick(List<Wake> events, long now) {
        waiters.tick(events, now);
        offer(events, now);
    }

    List<PoolLoad> poolLoads(Instant at, long now) {
        var loads = new ArrayList<PoolLoad>();
        for (var desk : desks.values()) {
            loads.add(
                    new PoolLoad(
                            settings.router(),
                            at,
                            desk.key(),
                            desk.view.ready(now),
                            desk.view.inFlight(),
                            desk.line.size(),
                            desk.takeUnmet(),
                            desk.predictTypical(now)));
        }
        return loads;
    }

    private void offer(List<Wake> events, long now) {
        if (waiters.none()) {
            return;
        }
        for (var desk : desks.values()) {
            if (desk.line.size() == 0 && desk.hasFree(now)) {
                waiters.refill(desk, now);
            }
            for (var next = desk.nextOffer(now); next.isPresent(); next = desk.nextOffer(now)) {
                waiters.offer(next.get(), desk, events, now);
            }
        }
    }

    private static long retryAfter(Iterable<PoolDesk> desks, long now) {
        long best = Long.MAX_VALUE;
        for (var desk : desks) {
            best = Math.min(best, desk.retryAfterMillis(now));
        }
        return best == Long.MAX_VALUE ? PoolDesk.LEAST_RETRY_MILLIS : best;
    }
}
