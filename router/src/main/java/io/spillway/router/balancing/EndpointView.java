package io.spillway.router.balancing;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this router knows of one endpoint.
///
/// A reading counts for three seconds; then the load is unknown, which is not the same as none.
/// Between readings the router's own dispatches are added: `occupied = own in flight + foreign`,
/// where foreign is what the last readings showed beyond the own (the smaller of two, because a
/// request that ended there a moment ago looks foreign).
final class EndpointView {
    static final long READING_LIFE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int PROBES_TO_LOSE = 3;
    private static final long DEFAULT_BACK_OFF_MILLIS = 1000;
    private static final long LONGEST_BACK_OFF_MILLIS = 60_000;
    private static final long TRUST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double TRUST_HALF_LIFE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final double UNDOUBTED_MILLIS = 500.0;

    final Ejection ejection = new Ejection();
    final SlotLimit limit;
    private final boolean publishesLoad;
    private final Set<Flight> pending = new HashSet<>();

    private Endpoint endpoint;
    private boolean listed = true;
    private int inFlight;
    private @Nullable LoadReport reading;
    private long readAt;
    private int foreign;
    private int foreignBefore;
    private int foreignWaiting;
    private int failedProbes;
    private boolean backingOff;
    private long backOffUntil;
    private double factor;
    private boolean observed;
    private long observedAt;

    EndpointView(Endpoint endpoint, boolean publishesLoad, SlotLimit limit) {
        this.endpoint = endpoint;
        this.publishesLoad = publishesLoad;
        this.limit = limit;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void update(Endpoint next) {
        endpoint = next;
        listed = true;
    }

    void unlist() {
        listed = false;
    }

    boolean listed() {
        return listed;
    }

    int inFlight() {
        return inFlight;
    }

    /// Whether it is there and may get requests, apart from room.
    boolean ready(long now) {
        return listed
                && endpoint.state() == EndpointState.READY
                && failedProbes < PROBES_TO_LOSE
                && (reading == null || !reading.asleep())
                && !(backingOff && now - backOffUntil < 0)
                && ejection.accepts(now);
    }

    int occupied() {
        return inFlight + foreign;
    }

    int free(long now) {
        if (!ready(now)) {
            return 0;
        }
        return ejection.ejected() ? 1 : Math.max(0, limit.slots() - occupied());
    }

    void read(LoadReport report, long at) {
        reading = report;
        readAt = at;
        failedProbes = 0;
        int total = report.running() + report.waiting();
        int beyond = Math.max(0, total - inFlight);
        foreign = Math.min(beyond, foreignBefore);
        foreignBefore = beyond;
        foreignWaiting = Math.max(0, report.waiting() - pending.size());
        limit.read(report, occupied());
    }

    void probeFailed() {
        failedProbes++;
    }

    /// Whether the load can be told now.
    boolean known(long now) {
        return !publishesLoad || (reading != null && now - readAt <= READING_LIFE_NANOS);
    }

    /// The load a new request would meet.
    TtftModel.Load load(double uncachedTokens, double typicalPrompt, long now) {
        double ahead = foreignWaiting * typicalPrompt;
        for (var flight : pending) {
            ahead += flight.prefilling(now) ? flight.load.promptTokens() : 0.0;
        }
        return new TtftModel.Load(uncachedTokens, ahead, occupied());
    }

    /// Prediction for this endpoint, empty when its load is unknown.
    ///
    /// Where nothing was observed for ten seconds and nothing is at the endpoint, the prediction
    /// halves every 20 s down to a quarter: spilling keeps the very requests away that would prove
    /// a bad prediction wrong, and an idle server is the place to find out. Below half a second it
    /// stays: so short a time keeps nobody away.
    OptionalDouble predict(TtftModel model, TtftModel.Load load, long now) {
        if (!known(now)) {
            return OptionalDouble.empty();
        }
        double millis = model.predict(load) * factor(model);
        long silence = observed ? now - observedAt - TRUST_NANOS : 0;
        if (silence > 0 && occupied() == 0) {
            double trust = Math.max(0.25, Math.pow(0.5, silence / TRUST_HALF_LIFE_NANOS));
            millis = Math.max(trust * millis, Math.min(millis, UNDOUBTED_MILLIS));
        }
        return OptionalDouble.of(Math.max(1.0, millis));
    }

    /// How this endpoint compares with the model.
    private double factor(TtftModel model) {
        return observed ? factor : model.ratio();
    }

    Flight send(PoolView.Demand demand, Flight.Aim aim) {
        var flight = new Flight(this, demand, aim, ejection.sent());
        inFlight++;
        pending.add(flight);
        return flight;
    }

    /// The first token came: learns, if the load was known when the request was sent.
    void firstToken(Flight flight, TtftModel model, long now) {
        if (!pending.remove(flight) || !flight.demand.stream() || !flight.loadKnown) {
            return;
        }
        double millis = (now - flight.sentAt) / 1e6;
        factor = TtftModel.follow(factor(model), millis, model.predict(flight.load));
        model.learn(flight.load, millis);
        observed = true;
        observedAt = now;
    }

    void ended(Flight flight) {
        inFlight--;
        pending.remove(flight);
    }

    void backOff(AttemptOutcome outcome, long now) {
        long millis = outcome.retryAfterMillis().orElse(DEFAULT_BACK_OFF_MILLIS);
        backingOff = true;
        backOffUntil = now + Math.clamp(millis, 1, LONGEST_BACK_OFF_MILLIS) * 1_000_000;
        limit.refused(now);
    }

    boolean publishesLoad() {
        return publishesLoad;
    }
}
