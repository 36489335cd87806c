package io.spillway.policy.rule;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.Explanation.Step;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.rule.RuleSet.PlaceRule;
import io.spillway.policy.rule.RuleSet.UseRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One request under the placement rule that matched it.
final class PlacementRun {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RuleSet rules;
    private final PlaceRule rule;
    private final RequestFacts facts;
    private final PlacementFacts world;
    private final Set<String> allowed;
    private final View whole;
    private final List<Candidate> ready = new ArrayList<>(4);
    private final List<PoolKey> unready = new ArrayList<>(2);
    private boolean forNow;

    /// @param allowed jurisdictions that the caller's data may enter under this policy
    PlacementRun(
            RuleSet rules,
            PlaceRule rule,
            RequestFacts facts,
            Classification classification,
            PlacementFacts world,
            Set<String> allowed) {
        this.rules = rules;
        this.rule = rule;
        this.facts = facts;
        this.world = world;
        this.allowed = allowed;
        this.whole = new View(classification, Set.of());
    }

    /// What a pool would see of the request.
    ///
    /// @param classification class of what is sent
    /// @param mask types that are masked for it
    private record View(Classification classification, Set<String> mask) {}

    Placed run(Scope scope, List<Step> steps) {
        long best = Scope.UNKNOWN_TTFT;
        for (var entry : rule.use()) {
            scope.predictedTtftNanos(best);
            long bestHere = best;
            var pools = pools(entry);
            if (pools.isEmpty()) {
                steps.add(
                        new Step(
                                entry.label(),
                                "%s has no pool for this model".formatted(entry.target())));
            }
            for (var pool : pools) {
                if (keep(entry, pool, scope, steps)) {
                    bestHere = Math.min(bestHere, predictionNanos(pool.key()));
                }
            }
            best = bestHere;
        }
        return outcome(steps);
    }

    private record Selected(PoolKey key, Environment environment, int rank, long prediction) {}

    /// The pools that an entry selects: versions in the model's order, within a version the
    /// shortest prediction first.
    private List<Selected> pools(UseRule entry) {
        var found = new ArrayList<Selected>(4);
        var named = entry.environment();
        if (named != null) {
            var environment = world.environments().get(named);
            if (environment != null) {
                select(environment, found);
            }
        } else {
            for (var environment : world.environments().values()) {
                if (environment.zone() == entry.zone()) {
                    select(environment, found);
                }
            }
        }
        if (found.size() > 1) {
            found.sort(
                    Comparator.comparingInt(Selected::rank)
                            .thenComparingLong(Selected::prediction)
                            .thenComparing(it -> it.key().environment()));
        }
        return found;
    }

    private void select(Environment environment, List<Selected> found) {
        var versions = world.modelVersions();
        for (int rank = 0; rank < versions.size(); rank++) {
            var key = new PoolKey(environment.name(), versions.get(rank));
            if (world.prices().containsKey(key) || world.pools().containsKey(key)) {
                found.add(new Selected(key, environment, rank, predictionNanos(key)));
            }
        }
    }

    /// @return whether the pool can serve now, so that its prediction counts for later entries
    private boolean keep(UseRule entry, Selected pool, Scope scope, List<Step> steps) {
        var subject = "pool " + pool.key();
        if (isKept(pool.key())) {
            steps.add(new Step(subject, entry.label() + " selects it again"));
            return false;
        }
        scope.environment(pool.environment());
        var view = view(entry, pool.environment());
        if (view == null) {
            steps.add(
                    new Step(
                            subject,
                            "removed by %s: what it masks cannot be masked in this request"
                                    .formatted(entry.label())));
            return false;
        }
        var objection = objection(entry, pool, view, scope);
        if (objection != null) {
            steps.add(new Step(subject, objection));
            return false;
        }
        var live = world.pools().get(pool.key());
        if (live == null || live.readyEndpoints() <= 0) {
            unready.add(pool.key());
            steps.add(
                    new Step(subject, entry.label() + " allows it, but it has no ready endpoint"));
            return false;
        }
        ready.add(
                new Candidate(
                        pool.key(), "rule " + rule.name() + ", " + entry.label(), view.mask()));
        steps.add(new Step(subject, entry.label() + " allows it" + masked(view) + describe(live)));
        return true;
    }

    /// What a pool of an entry would see, null when it would have to be masked and cannot be.
    /// Private pools get requests as they are.
    private @Nullable View view(UseRule entry, Environment environment) {
        if (environment.zone() == Zone.PRIVATE
                || !Maskable.any(whole.classification().findings(), entry.mask())) {
            return whole;
        }
        var masked = world.masked().get(entry.mask());
        return masked == null ? null : new View(masked, entry.mask());
    }

    private static String masked(View view) {
        return view.mask().isEmpty()
                ? "; "
                : " as %s with %s masked; "
                        .formatted(
                                view.classification().dataClass().wire(),
                                String.join(", ", new TreeSet<>(view.mask())));
    }

    private boolean isKept(PoolKey key) {
        for (var candidate : ready) {
            if (candidate.pool().equals(key)) {
                return true;
            }
        }
        return unready.contains(key);
    }

    /// Why a pool may not be used, null when nothing speaks against it.
    private @Nullable String objection(UseRule entry, Selected pool, View view, Scope scope) {
        var when = entry.when();
        if (when != null) {
            var truth = when.test(scope);
            if (truth != Truth.TRUE) {
                forNow |= entry.changesWithTime();
                return "%s does not apply: %s %s (best prediction so far %s)"
                        .formatted(
                                entry.label(),
                                when.text(),
                                truth == Truth.FALSE ? "is false" : "cannot be evaluated",
                                millis(scope.predictedTtftNanos()));
            }
        }
        var dear = priceObjection(entry, pool.key());
        if (dear != null) {
            return dear;
        }
        var forbidden =
                new Egress(facts, view.classification(), world, allowed)
                        .objection(pool.environment());
        return forbidden != null ? forbidden : invariantObjection(view, scope);
    }

    /// Invariants see the class of what would be sent, conditions that of what came in.
    private @Nullable String invariantObjection(View view, Scope scope) {
        scope.dataClass(view.classification().dataClass());
        try {
            return violated(scope);
        } finally {
            scope.dataClass(whole.classification().dataClass());
        }
    }

    private @Nullable String violated(Scope scope) {
        for (var invariant : rules.invariants()) {
            var truth = invariant.never().test(scope);
            if (truth != Truth.FALSE) {
                return "removed by invariant 'never %s'%s"
                        .formatted(
                                invariant.never().text(),
                                truth == Truth.TRUE ? "" : ", which cannot be evaluated");
            }
        }
        return null;
    }

    /// A nano-unit per token is a micro-unit per 1,000 tokens.
    private @Nullable String priceObjection(UseRule entry, PoolKey key) {
        var most = entry.maxMicrosPer1kTokens();
        if (most == null) {
            return null;
        }
        var pool = world.prices().get(key);
        if (pool == null) {
            return "removed by %s: its price is not known".formatted(entry.label());
        }
        long price = Math.max(pool.inputPrice().nanos(), pool.outputPrice().nanos());
        return price <= most
                ? null
                : "removed by %s: %d micro-units per 1,000 tokens is more than %d"
                        .formatted(entry.label(), price, most);
    }

    private Placed outcome(List<Step> steps) {
        var smaller = rule.whenFull() == WhenFull.DEGRADE ? smaller() : Optional.<String>empty();
        var whenFull =
                rule.whenFull() == WhenFull.DEGRADE && smaller.isEmpty()
                        ? WhenFull.QUEUE // the chain is at its end
                        : rule.whenFull();
        if (!ready.isEmpty()) {
            steps.add(
                    new Step(
                            "decision",
                            "serve; when there is no room: " + words(whenFull, smaller)));
            return new Placed(
                    new Decision.Serve(ready, whenFull, explanation(steps)), unready, smaller);
        }
        if (unready.isEmpty() && smaller.isEmpty()) {
            return nothingLeft(steps);
        }
        steps.add(
                new Step(
                        "decision",
                        (unready.isEmpty()
                                        ? "no pool may serve this request: "
                                        : "no allowed pool has a ready endpoint: ")
                                + words(whenFull, smaller)));
        var why = explanation(steps);
        Decision decision =
                switch (whenFull) {
                    case QUEUE -> new Decision.Queue(unready, why);
                    case SHED -> new Decision.Shed(why);
                    case DEGRADE -> new Decision.Degrade(smaller.orElseThrow(), why);
                };
        return new Placed(decision, unready, smaller);
    }

    /// Waiting for a pool is in vain when none is allowed. Trying again helps where only the clock
    /// or a prediction stands in the way.
    private Placed nothingLeft(List<Step> steps) {
        if (!forNow) {
            return Placer.deny(
                    rule.name(),
                    steps,
                    "rule %s selects no pool that may serve this request".formatted(rule.name()));
        }
        steps.add(new Step("decision", "shed: no entry of 'use' applies now"));
        return new Placed(new Decision.Shed(explanation(steps)), List.of(), Optional.empty());
    }

    /// The model after the one that is to serve now. The chain is the rule's for the model that the
    /// caller asked for, so it cannot come back to where it was.
    private Optional<String> smaller() {
        var chain = rule.degradeTo();
        var servedAs = world.servedAs();
        int next = chain.indexOf(servedAs == null ? facts.model() : servedAs) + 1;
        return next < chain.size() ? Optional.of(chain.get(next)) : Optional.empty();
    }

    private Explanation explanation(List<Step> steps) {
        return new Explanation(rule.name(), steps);
    }

    private static String words(WhenFull whenFull, Optional<String> smaller) {
        return switch (whenFull) {
            case QUEUE -> "queue";
            case SHED -> "shed";
            case DEGRADE -> "degrade to " + smaller.orElseThrow();
        };
    }

    private long predictionNanos(PoolKey key) {
        var live = world.pools().get(key);
        if (live == null || live.predictedTtftMillis().isEmpty()) {
            return Scope.UNKNOWN_TTFT;
        }
        long millis = live.predictedTtftMillis().getAsLong();
        // A prediction below zero is a fault, and a fault counts as unknown.
        return millis < 0 || millis > Scope.UNKNOWN_TTFT / NANOS_PER_MILLI
                ? Scope.UNKNOWN_TTFT
                : millis * NANOS_PER_MILLI;
    }

    private static String describe(PoolFacts live) {
        var prediction = live.predictedTtftMillis();
        return live.readyEndpoints()
                + " ready, "
                + live.freeSlots()
                + " free slots, predicted "
                + (prediction.isPresent() ? prediction.getAsLong() + " ms" : "unknown");
    }

    private static String millis(long nanos) {
        return nanos == Scope.UNKNOWN_TTFT ? "unknown" : nanos / NANOS_PER_MILLI + " ms";
    }
}
