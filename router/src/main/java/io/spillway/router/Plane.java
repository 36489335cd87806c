package io.spillway.router;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.ResponseObserver.Usage;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Operation;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.features.EnvironmentTable;
import io.spillway.router.accounting.Affordable;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.router.accounting.BudgetBook;
import io.spillway.router.accounting.NarrowedBudgets;
import io.spillway.router.accounting.TokenBound;
import io.spillway.router.accounting.TokenEstimator;
import io.spillway.router.admission.Dispatcher;
import io.spillway.router.admission.Ticket;
import io.spillway.router.admission.Wake;
import io.spillway.router.admission.Work;
import io.spillway.router.api.ApiError;
import io.spillway.router.balancing.Prefix;
import io.spillway.router.classification.Classifier;
import io.spillway.router.forwarding.Addresses;
import io.spillway.router.forwarding.EgressGuard;
import io.spillway.router.forwarding.Tokens;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What all event loops of a data plane share. Thread-safe.
final class Plane {
    private static final Logger LOG = Logger.getLogger(DataPlane.class);
    private static final long LEAST_RETRY_SECONDS = 1;
    private static final long MOST_RETRY_SECONDS = 120;

    private final DataPlaneSettings settings;
    private final Supplier<RouterState> states;
    private final AttemptLedger.Sink journal;
    private final InstantSource clock;
    private final Meters meters;
    private final Map<String, Dialect> dialects;
    private final Dispatcher dispatcher;
    private final BudgetBook budget;
    private final TokenEstimator estimator = new TokenEstimator();
    private final EgressGuard guard;
    private final Addresses addresses;
    private final Tokens tokens;
    private final Map<String, Exchange> inFlight = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable RouterState applied;
    private volatile @Nullable Digested digested;
    private volatile boolean stopping;

    Plane(Vertx vertx, DataPlane.Parts parts, EgressGuard guard) {
        this.settings = parts.settings();
        this.states = parts.states();
        this.journal = parts.journal();
        this.clock = parts.clock();
        this.meters = new Meters(parts.registry());
        this.dialects = byName(parts.dialects());
        this.budget = parts.budget();
        var withoutMetrics = new HashSet<String>();
        for (var dialect : dialects.values()) {
            if (dialect.metricsPath().isEmpty()) {
                withoutMetrics.add(dialect.name());
            }
        }
        this.dispatcher =
                new Dispatcher(
                        settings.admission().withoutMetrics(withoutMetrics),
                        System.nanoTime(),
                        this::woken);
        this.guard = guard;
        this.addresses = new Addresses(vertx);
        this.tokens = new Tokens(vertx);
    }

    private static Map<String, Dialect> byName(List<Dialect> dialects) {
        var map = new HashMap<String, Dialect>();
        for (var dialect : dialects) {
            if (map.put(dialect.name(), dialect) != null) {
                throw new IllegalArgumentException(
                        "two dialects are named '%s'".formatted(dialect.name()));
            }
        }
        return Map.copyOf(map);
    }

    /// The state in force now. Whatever hangs on it is brought up to date first.
    @SuppressWarnings(
            "ReferenceEquality") // a new state is a new object, and comparing is per request
    RouterState state() {
        var state = states.get();
        if (state != applied) {
            apply(state);
        }
        return state;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private synchronized void apply(RouterState state) {
        var before = applied;
        if (before == null || before.routing() != state.routing()) {
            dispatcher.apply(state.routing(), nanos());
            budget.apply(
                    NarrowedBudgets.of(
                            state.routing().tenants().values(), state.policy().budgets()));
        }
        applied = state;
    }

    /// Digest of the environments of a state; computed once per table.
    @SuppressWarnings("ReferenceEquality") // a new table is a new object
    String environmentDigest(RouterState state) {
        var table = state.routing().environments();
        var known = digested;
        if (known == null || known.table() != table) {
            known = new Digested(table, EnvironmentTable.digest(table.values()));
            digested = known;
        }
        return known.digest();
    }

    private record Digested(Map<String, Environment> table, String digest) {}

    private void woken(Wake wake) {
        var exchange = inFlight.get(wake.ticket().work().requestId());
        if (exchange != null) {
            exchange.wake(wake);
        }
    }

    void waiting(String decisionId, Exchange exchange) {
        inFlight.put(decisionId, exchange);
    }

    void done(String decisionId) {
        inFlight.remove(decisionId);
    }

    /// From now on new requests are refused: the router stops.
    void refuseNew() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    int inFlight() {
        return inFlight.size();
    }

    /// How admission is to see a request that is to be served by `model`.
    Work work(Job job, String model) {
        var state = state().routing();
        var found = state.models().get(model);
        boolean embeddings = job.operation() == Operation.EMBEDDINGS;
        var text =
                job.body()
                        .member(
                                switch (job.operation()) {
                                    case CHAT -> "messages";
                                    case COMPLETIONS -> "prompt";
                                    case EMBEDDINGS -> "input";
                                });
        var tenant = job.principal().tenant().name();
        return new Work(
                job.decisionId(),
                tenant,
                found == null ? List.of() : found.versions(),
                job.facts().expectedPromptTokens(),
                embeddings
                        ? 0
                        : estimator.expectedOutput(
                                model, job.facts().maxTokens(), job.body().choices()),
                spillable(job, model),
                job.facts().stream(),
                job.priority(),
                job.startByNanos(),
                text == null
                        ? Prefix.NONE
                        : Prefix.of(tenant, job.body().bytes(), text.from(), text.to()),
                1,
                Set.of());
    }

    /// Whether any public environment is open to the request by grants and clearance.
    boolean spillable(Job job, String model) {
        var state = state().routing();
        for (var name : granted(job, model, state())) {
            var environment = state.environments().get(name);
            if (environment != null
                    && environment.zone() == Zone.PUBLIC
                    && environment.clearance().covers(job.assessment().lowest())) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> granted(Job job, String model, RouterState state) {
        return granted(callerGrants(job, state), job, model, state);
    }

    private static Set<String> callerGrants(Job job, RouterState state) {
        var routing = state.routing();
        var key = routing.keysByHash().get(job.principal().key().hash());
        var tenant = routing.tenants().get(job.principal().tenant().name());
        if (key == null || tenant == null) {
            return Set.of();
        }
        var granted = new HashSet<>(tenant.maySpill());
        granted.retainAll(key.maySpill());
        return granted;
    }

    private static Set<String> granted(
            Set<String> callerGrants, Job job, String model, RouterState state) {
        var found = state.routing().models().get(model);
        var requested = state.routing().models().get(job.body().model());
        if (found == null || requested == null) {
            return Set.of();
        }
        var granted = new HashSet<>(callerGrants);
        granted.retainAll(found.maySpill());
        granted.retainAll(requested.maySpill());
        return granted;
    }

    /// What the class of a request hangs on now, null when its tenant or key is gone.
    Classifier.@Nullable Terms terms(Job job, RouterState state) {
        var principal = job.principal();
        var tenant = state.routing().tenants().get(principal.tenant().name());
        var key = state.routing().keysByHash().get(principal.key().hash());
        return tenant == null || key == null
                ? null
                : new Classifier.Terms(state.policy(), tenant, key, random);
    }

    /// Whether a request's class was found under the policy and floors that are in force.
    boolean current(Job job, RouterState state) {
        var terms = terms(job, state);
        // Without tenant or key there is no grant either: the guard refuses what they lack.
        return terms == null || terms.grounds().equals(job.assessment().grounds());
    }

    /// Evaluates the policy. A failure of any kind denies.
    ///
    /// @param record is told what the decision reads
    Placed place(
            Job job,
            String model,
            Work work,
            @Nullable Ticket ticket,
            RouterState state,
            DecisionRecord record) {
        var routing = state.routing();
        var found = routing.models().get(model);
        if (found == null) {
            return denied("model is not registered");
        }
        long now = nanos();
        var at = now();
        var grants =
                state.age(at).compareTo(settings.stateAgeLimit()) > 0
                        ? Set.<String>of()
                        : callerGrants(job, state);
        try {
            var facts =
                    ticket == null ? dispatcher.facts(work, now) : dispatcher.facts(ticket, now);
            record.weighs(new DecisionRecord.World(model, List.copyOf(facts.values()), grants, at));
            return state.policy()
                    .place(
                            job.facts(),
                            job.classification(),
                            new PlacementFacts(
                                            facts,
                                            routing.pools(),
                                            routing.environments(),
                                            found.versions(),
                                            granted(grants, job, model, state),
                                            found.spillableUnscanned(),
                                            at,
                                            job.assessment().maskedClassifications())
                                    .servedAs(model.equals(job.body().model()) ? null : model));
        } catch (RuntimeException e) {
            LOG.errorf("evaluating the policy failed with %s; denied", e.getClass());
            return denied("the policy could not be evaluated");
        }
    }

    private static Placed denied(String why) {
        return new Placed(
                new Decision.Deny(
                        new Explanation("", List.of(new Explanation.Step("policy", why)))),
                List.of(),
                Optional.empty());
    }

    /// The decision without pools that the tenant cannot pay, null when the model is gone.
    @Nullable Affordable affordable(Decision decision, Job job, String model, RouterState state) {
        var bound = bound(job, model, state);
        return bound == null
                ? null
                : Affordable.of(
                        decision,
                        budget,
                        job.principal().tenant().name(),
                        bound,
                        state.routing().pools(),
                        now());
    }

    /// The most that a request can cost in a pool, null when it cannot be said.
    @Nullable Money most(Job job, String model, Pool pool) {
        var bound = bound(job, model, state());
        try {
            return bound == null ? null : bound.mostIn(pool);
        } catch (ArithmeticException moreThanAnyBudget) {
            return null;
        }
    }

    private static @Nullable TokenBound bound(Job job, String model, RouterState state) {
        var found = state.routing().models().get(model);
        if (found == null) {
            return null;
        }
        var limit =
                job.operation() == Operation.EMBEDDINGS
                        ? Integer.valueOf(0)
                        : job.facts().maxTokens();
        return TokenEstimator.bound(job.size(), limit, job.body().choices(), found.contextTokens());
    }

    /// Learns token counts from a whole answer.
    void learned(Job job, @Nullable Usage usage) {
        if (usage != null && job.classification().unscanned().isEmpty()) {
            estimator.observed(
                    job.body().model(),
                    job.size(),
                    usage.promptTokens(),
                    usage.completionTokens(),
                    job.body().choices());
        }
    }

    /// The error for a lack of room.
    ApiError full(long retryAfterMillis) {
        long seconds =
                Math.clamp(
                        Math.ceilDiv(retryAfterMillis, 1000),
                        LEAST_RETRY_SECONDS,
                        MOST_RETRY_SECONDS);
        return ApiError.noCapacity(
                "No model server that may serve this request has room now; try again in %d s."
                        .formatted(seconds),
                seconds);
    }

    DataPlaneSettings settings() {
        return settings;
    }

    AttemptLedger.Sink journal() {
        return journal;
    }

    Meters meters() {
        return meters;
    }

    Map<String, Dialect> dialects() {
        return dialects;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    BudgetBook budget() {
        return budget;
    }

    TokenEstimator estimator() {
        return estimator;
    }

    /// For the tags of placeholders, which a model server must not be able to guess.
    RandomGenerator random() {
        return random;
    }

    EgressGuard guard() {
        return guard;
    }

    Addresses addresses() {
        return addresses;
    }

    Tokens tokens() {
        return tokens;
    }

    Logger log() {
        return LOG;
    }

    Instant now() {
        return clock.instant();
    }

    long nanos() {
        return System.nanoTime();
    }
}
