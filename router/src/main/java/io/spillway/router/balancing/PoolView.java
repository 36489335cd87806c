package io.spillway.router.balancing;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.PoolKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The endpoints of one pool: room, choice, prediction.
///
/// The endpoint with the shortest predicted time to first token wins, counting only the part of the
/// prompt that it does not hold in its prefix cache. Affinity has a load cap: an endpoint that is
/// more than a quarter fuller than the pool's mean gets no credit for its cache, so that one
/// popular prefix does not pile up on one server. Not thread-safe.
public final class PoolView {
    private static final double LOAD_CAP = 1.25;
    private static final double SERVICE_WEIGHT = 0.05;
    private static final double TYPICAL_WEIGHT = 0.02;
    private static final double NEAR = 1.02;

    private final PoolKey key;
    private final Limits limits;
    private final RandomGenerator random;
    private final Map<String, EndpointView> endpoints = new LinkedHashMap<>();
    private final TtftModel model = new TtftModel();
    private final PrefixIndex prefixes = new PrefixIndex();
    private double serviceMillis = 5000.0;
    private double typicalPrompt = 512.0;
    private int retries;

    public PoolView(PoolKey key, Limits limits, RandomGenerator random) {
        this.key = key;
        this.limits = limits;
        this.random = random;
    }

    /// Bounds on requests in flight per endpoint, and which dialects publish no load.
    public record Limits(int start, int least, int most, Set<String> withoutMetrics) {
        public Limits {
            withoutMetrics = Set.copyOf(withoutMetrics);
        }
    }

    /// What balancing needs to know of a request.
    ///
    /// @param tried endpoints that must not be chosen
    public record Demand(int promptTokens, boolean stream, Prefix prefix, Set<String> tried) {
        public Demand {
            tried = Set.copyOf(tried);
        }

        /// A request of a size, otherwise unknown.
        public static Demand of(int promptTokens) {
            return new Demand(promptTokens, true, Prefix.NONE, Set.of());
        }
    }

    /// An endpoint for a request.
    ///
    /// @param predictedMillis empty when its load is unknown
    public record Choice(Endpoint endpoint, OptionalDouble predictedMillis) {}

    public PoolKey key() {
        return key;
    }

    /// The model of this pool.
    public TtftModel model() {
        return model;
    }

    /// Takes over the registry's list. Endpoints that are gone stay until their last request ends.
    public void apply(Collection<Endpoint> list) {
        var gone = new HashSet<>(endpoints.keySet());
        for (var it : list) {
            gone.remove(it.id());
            var view = endpoints.get(it.id());
            if (view == null || !view.endpoint().url().equals(it.url())) {
                prefixes.forget(it.id());
                view = null;
            }
            if (view == null) {
                endpoints.put(it.id(), fresh(it));
            } else {
                view.update(it);
            }
        }
        gone.forEach(id -> {
            var view = endpoints.get(id);
            if (view != null) {
                view.unlist();
                dropIfDone(id, view);
            }
        });
    }

    private EndpointView fresh(Endpoint endpoint) {
        return new EndpointView(
                endpoint,
                !limits.withoutMetrics.contains(endpoint.dialect()),
                new SlotLimit(limits.start, limits.least, limits.most));
    }

    private void dropIfDone(String id, EndpointView view) {
        if (!view.listed() && view.inFlight() == 0) {
            endpoints.remove(id, view);
            prefixes.forget(id);
        }
    }

    /// A load reading; ignored for an endpoint that is not here.
    public void report(String endpoint, LoadReport report, long readAt) {
        var view = endpoints.get(endpoint);
        if (view != null) {
            view.read(report, readAt);
        }
    }

    /// A probe got no answer.
    public void probeFailed(String endpoint) {
        var view = endpoints.get(endpoint);
        if (view != null) {
            view.probeFailed();
        }
    }

    /// Endpoints that may get requests now.
    public int ready(long now) {
        int count = 0;
        for (var view : endpoints.values()) {
            count += view.ready(now) ? 1 : 0;
        }
        return count;
    }

    /// Requests that may be in flight over all ready endpoints.
    public int slots(long now) {
        int count = 0;
        for (var view : endpoints.values()) {
            count += view.ready(now) ? view.limit.slots() : 0;
        }
        return count;
    }

    /// Requests like this one that could be sent now.
    public int free(Demand demand, long now) {
        int free = 0;
        for (var view : endpoints.values()) {
            free += demand.tried().contains(view.endpoint().id()) ? 0 : view.free(now);
        }
        return free;
    }

    /// Whether an endpoint is left, busy or not, that earlier attempts did not use.
    public boolean hasUntried(Demand demand) {
        for (var view : endpoints.values()) {
            if (view.listed() && !demand.tried().contains(view.endpoint().id())) {
                return true;
            }
        }
        return false;
    }

    /// Own requests in flight.
    public int inFlight() {
        int count = 0;
        for (var view : endpoints.values()) {
            count += view.inFlight();
        }
        return count;
    }

    /// Prompt tokens of a usual request.
    public int typicalPrompt() {
        return (int) typicalPrompt;
    }

    /// Requests that end per second when all slots are busy (Little's law).
    public double drainPerSecond(long now) {
        return Math.max(1, slots(now)) * 1000.0 / serviceMillis;
    }

    /// Whether the retry budget has room: a fifth of what is in flight, at least three.
    public boolean mayRetry() {
        return retries < Math.max(3, inFlight() / 5);
    }

    /// The best prediction for a request over the ready endpoints, those with room first; empty
    /// when no load is known.
    public OptionalDouble predict(Demand demand, long now) {
        var shares = creditable(demand, now);
        double withRoom = Double.POSITIVE_INFINITY;
        double any = Double.POSITIVE_INFINITY;
        boolean room = false;
        for (var view : endpoints.values()) {
            if (usable(view, demand, now)) {
                double millis =
                        view.predict(model, loadFor(view, demand, shares, now), now)
                                .orElse(Double.POSITIVE_INFINITY);
                any = Math.min(any, millis);
                if (view.free(now) > 0) {
                    room = true;
                    withRoom = Math.min(withRoom, millis);
                }
            }
        }
        double best = room ? withRoom : any;
        return best < Double.POSITIVE_INFINITY ? OptionalDouble.of(best) : OptionalDouble.empty();
    }

    /// The endpoint that should take a request; empty when none has room.
    public Optional<Choice> choose(Demand demand, long now) {
        var shares = creditable(demand, now);
        var best = new ArrayList<EndpointView>();
        double bestScore = Double.MAX_VALUE;
        for (var view : endpoints.values()) {
            if (!usable(view, demand, now) || view.free(now) <= 0) {
                continue;
            }
            double score = score(view, loadFor(view, demand, shares, now), now);
            if (score < bestScore / NEAR) {
                best.clear();
            }
            if (score <= bestScore * NEAR) {
                best.add(view);
                bestScore = Math.min(bestScore, score);
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        var view = best.get(best.size() == 1 ? 0 : random.nextInt(best.size()));
        return Optional.of(
                new Choice(
                        view.endpoint(),
                        view.predict(model, loadFor(view, demand, shares, now), now)));
    }

    /// An unknown load must not win over a known one because it looks empty.
    private double score(EndpointView view, TtftModel.Load load, long now) {
        return view.predict(model, load, now).orElse(2.0 * model.predict(load) + 1000.0);
    }

    /// Sends a request to the chosen endpoint.
    ///
    /// @param retry whether it counts against the retry budget
    public Flight send(Choice choice, Demand demand, boolean retry, long now) {
        var view = Objects.requireNonNull(endpoints.get(choice.endpoint().id()));
        var load = loadFor(view, demand, creditable(demand, now), now);
        prefixes.sent(demand.prefix(), choice.endpoint().id());
        typicalPrompt += TYPICAL_WEIGHT * (demand.promptTokens() - typicalPrompt);
        retries += retry ? 1 : 0;
        double predicted = choice.predictedMillis().orElse(model.predict(load));
        return view.send(
                demand,
                new Flight.Aim(load, choice.predictedMillis().isPresent(), predicted, retry, now));
    }

    /// The first token of a stream came.
    public void firstToken(Flight flight, long now) {
        flight.endpoint.firstToken(flight, model, now);
    }

    /// A request ended.
    public void ended(Flight flight, AttemptOutcome outcome, long now) {
        var view = flight.endpoint;
        view.ended(flight);
        retries -= flight.retry ? 1 : 0;
        switch (outcome.kind()) {
            case OK -> {
                view.ejection.succeeded(flight.trial);
                serviceMillis += SERVICE_WEIGHT * ((now - flight.sentAt) / 1e6 - serviceMillis);
                if (!view.publishesLoad()) {
                    view.limit.answered(view.occupied() + 1);
                }
            }
            case CALLER_ERROR -> view.ejection.succeeded(flight.trial);
            case CANCELLED, UNSENT -> view.ejection.endedSilently(flight.trial);
            case OVERLOADED -> {
                view.ejection.endedSilently(flight.trial);
                view.backOff(outcome, now);
            }
            case FAILED -> view.ejection.failed(flight.trial, canSpareOne(), now);
        }
        dropIfDone(view.endpoint().id(), view);
    }

    private boolean canSpareOne() {
        long listed = endpoints.values().stream().filter(EndpointView::listed).count();
        long out = endpoints.values().stream().filter(it -> it.ejection.ejected()).count();
        return (out + 1) * 2 <= listed;
    }

    private static boolean usable(EndpointView view, Demand demand, long now) {
        return view.ready(now) && !demand.tried().contains(view.endpoint().id());
    }

    /// Cached shares by endpoint, without those that are too full to attract more.
    private Map<String, Double> creditable(Demand demand, long now) {
        var shares = prefixes.shares(demand.prefix());
        if (shares.isEmpty()) {
            return shares;
        }
        double mean =
                endpoints.values().stream()
                        .filter(it -> it.ready(now))
                        .mapToInt(EndpointView::occupied)
                        .average()
                        .orElse(0.0);
        shares.keySet()
                .removeIf(id -> {
                    var view = endpoints.get(id);
                    return view == null || view.occupied() > LOAD_CAP * (mean + 1.0);
                });
        return shares;
    }

    private TtftModel.Load loadFor(
            EndpointView view, Demand demand, Map<String, Double> shares, long now) {
        double cached = shares.getOrDefault(view.endpoint().id(), 0.0);
        return view.load(demand.promptTokens() * (1.0 - cached), typicalPrompt, now);
    }
}
