package io.spillway.router.admission;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import io.spillway.api.state.RoutingState;
import io.spillway.router.balancing.AttemptOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The one door to capacity: facts for the policy, slots, queues, and what was learned from the
/// answers.
///
/// Thread-safe; one short lock. `now` is monotonic nanoseconds from one clock for all calls. The
/// listener is called on the calling thread, after the lock is released, in the order of events; it
/// may call back. Per request:
///
/// 1. `facts(work, now)`, policy, `admit(work, decision, now)`.
/// 2. `Admitted`: send; `firstToken` at the first upstream byte of a stream; `release` at the end,
///    always and once. To try elsewhere, release first and begin again with `work.retry(endpoint)`.
/// 3. `Waiting`: on `Wake.Redecide` take `facts(ticket, now)`, policy, `admit(ticket, decision,
///    now)`. On `Expired` or `Shed` answer the caller. When the caller leaves, `cancel(ticket)`.
///
/// The edge calls `tick(now)` every 50 to 200 ms and `report` or `probeFailed` per probe.
public final class Dispatcher {
    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<Wake> listener;
    private final Floor floor;

    /// @param seed of the random choices between equal endpoints; different per router, so that
    ///   routers with the same readings do not all run to the same endpoint
    public Dispatcher(AdmissionSettings settings, long seed, Consumer<Wake> listener) {
        this.listener = listener;
        this.floor = new Floor(settings, new SplittableRandom(seed));
    }

    /// Takes over the pools, endpoints and zones of a new state. Endpoints that drain or are gone
    /// get no new work; what is in flight there ends normally. Waiting work whose pool is gone is
    /// asked to decide again.
    public void apply(RoutingState state, long now) {
        change(events -> floor.apply(state, events, now));
    }

    /// A load reading.
    ///
    /// @param readAt when the server answered, on the clock of `now`
    public void report(String endpoint, LoadReport report, long readAt) {
        change(events -> floor.report(endpoint, report, events, readAt));
    }

    /// A probe got no answer. A probe whose answer has no readable load is no failure: the reading
    /// simply ages.
    public void probeFailed(String endpoint, long now) {
        change(events -> floor.probeFailed(endpoint, events, now));
    }

    /// What the policy should know about the pools of the work's model versions.
    public Map<PoolKey, PoolFacts> facts(Work work, long now) {
        return locked(_ -> floor.facts(work, null, now));
    }

    /// The same for waiting work: a slot held for it counts as free.
    public Map<PoolKey, PoolFacts> facts(Ticket ticket, long now) {
        return locked(_ -> floor.facts(ticket.work(), floor.waiter(ticket), now));
    }

    /// Asks to start. Uses only pools that `decision` names, in its order.
    public Admission admit(Work work, Decision decision, long now) {
        return admit(work, decision, List.of(), now);
    }

    /// The same, noting pools that the policy allows but that have no ready endpoint: the demand
    /// that makes a fleet grow from zero.
    public Admission admit(Work work, Decision decision, List<PoolKey> wished, long now) {
        return locked(events -> floor.admit(work, decision, wished, events, now));
    }

    /// Asks again for waiting work. `Waiting` means: same ticket, same place.
    public Admission admit(Ticket ticket, Decision decision, long now) {
        return admit(ticket, decision, List.of(), now);
    }

    /// The same, noting the pools without a ready endpoint.
    public Admission admit(Ticket ticket, Decision decision, List<PoolKey> wished, long now) {
        return locked(events -> floor.admit(ticket, decision, wished, events, now));
    }

    /// The first content of a stream came. To be called for streams only.
    public void firstToken(Slot slot, long now) {
        change(_ -> floor.firstToken(slot, now));
    }

    /// Gives a slot back.
    ///
    /// @return false when it had been given back before
    public boolean release(Slot slot, AttemptOutcome outcome, long now) {
        return locked(events -> floor.release(slot, outcome, events, now));
    }

    /// The caller no longer waits.
    ///
    /// @return false when the ticket had ended before
    public boolean cancel(Ticket ticket, long now) {
        return locked(events -> floor.cancel(ticket, events, now));
    }

    /// Lets time pass: expires tickets, takes back slots held for tickets that did not answer, and
    /// asks spillable tickets to decide again.
    public void tick(long now) {
        change(events -> floor.tick(events, now));
    }

    /// The report to the control plane; resets the counts of unmet wishes.
    public List<PoolLoad> poolLoads(Instant at, long now) {
        return locked(_ -> floor.poolLoads(at, now));
    }

    private void change(Consumer<List<Wake>> body) {
        locked(events -> {
            body.accept(events);
            return true;
        });
    }

    private <T> T locked(Function<List<Wake>, T> body) {
        var events = new ArrayList<Wake>();
        T result;
        lock.lock();
        try {
            result = body.apply(events);
        } finally {
            lock.unlock();
        }
        events.forEach(listener);
        return result;
    }
}
