package io.spillway.policy.simulate;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Finding;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.rule.RuleSet.NeverRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides cases under one policy.
final class Judge {
    private static final int MOST_DEGRADES = 4;

    private final CompiledPolicy policy;
    private final Set<Set<String>> masks = new HashSet<>();

    Judge(CompiledPolicy policy) {
        this.policy = policy;
        for (var rule : policy.rules().placement()) {
            for (var entry : rule.use()) {
                masks.add(entry.mask());
            }
        }
        masks.remove(Set.<String>of());
    }

    List<NeverRule> invariants() {
        return policy.rules().invariants();
    }

    /// Decides.
    ///
    /// @param invariants of this and any other policy whose promises are to be looked after
    Verdict decide(Case it, List<NeverRule> invariants) {
        var classification = policy.classify(it.request(), it.findings(), it.floors());
        var masked = masked(it);
        var run = new Run(it, classification, masked, invariants);
        var requested = it.request().model();
        var servedAs = it.servedAs();
        if (servedAs != null) {
            // The smaller model was looked at last; what the requested one may do still counts.
            run.walk(requested);
            run.forgetPlace();
        }
        run.walk(servedAs == null ? requested : servedAs);
        return run.verdict();
    }

    /// A masked request is taken to hold nothing but what cannot be masked. A second scan, which
    /// only a router can make, could find more and never less, so nothing that leaves is missed.
    private Map<Set<String>, Classification> masked(Case it) {
        if (masks.isEmpty()) {
            return Map.of();
        }
        var result = new HashMap<Set<String>, Classification>();
        for (var types : masks) {
            var left = new ArrayList<Finding>();
            for (var finding : it.findings()) {
                boolean gone =
                        Maskable.is(finding, types) && it.maskable().contains(finding.type());
                if (!gone) {
                    left.add(finding);
                }
            }
            result.put(types, policy.classify(it.request(), left, it.floors()));
        }
        return result;
    }

    /// One case on its way along the chain of degrading.
    private final class Run {
        private final Case it;
        private final Classification classification;
        private final Map<Set<String>, Classification> masked;
        private final List<NeverRule> invariants;
        private final Set<String> mayLeaveFor = new TreeSet<>();
        private final Set<String> broken = new TreeSet<>();
        private List<PoolKey> allowed = List.of();
        private @Nullable PoolKey pool;
        private @Nullable String place;
        private boolean opened;

        Run(
                Case it,
                Classification classification,
                Map<Set<String>, Classification> masked,
                List<NeverRule> invariants) {
            this.it = it;
            this.classification = classification;
            this.masked = masked;
            this.invariants = invariants;
        }

        void forgetPlace() {
            pool = null;
            place = null;
            allowed = List.of();
        }

        void walk(String first) {
            var model = first;
            var seen = new HashSet<String>();
            for (int degrades = 0; degrades <= MOST_DEGRADES && seen.add(model); degrades++) {
                var world = withMasks(it.world().placement(model));
                var placed = policy.place(it.request(), classification, world);
                note(placed, degrades == 0);
                if (place == null) {
                    settle(placed, world);
                }
                var next = placed.degradeTo();
                if (next.isEmpty()) {
                    return;
                }
                model = next.get();
            }
            if (place == null) {
                place = Verdict.SHED; // it degrades in a circle
            }
        }

        private PlacementFacts withMasks(PlacementFacts world) {
            return masked.isEmpty()
                    ? world
                    : new PlacementFacts(
                            world.pools(),
                            world.prices(),
                            world.environments(),
                            world.modelVersions(),
                            world.maySpill(),
                            world.spillableUnscanned(),
                            world.now(),
                            masked,
                            world.servedAs());
        }

        private void note(Placed placed, boolean first) {
            var pools = new ArrayList<PoolKey>();
            if (placed.decision() instanceof Decision.Serve serve) {
                for (var candidate : serve.candidates()) {
                    var view = masked.getOrDefault(candidate.mask(), classification);
                    opened |= !candidate.mask().isEmpty();
                    pools.add(candidate.pool());
                    check(candidate.pool(), view);
                }
            }
            for (var key : placed.allowedWithoutEndpoint()) {
                pools.add(key);
                if (masks.isEmpty()) {
                    check(key, classification);
                }
            }
            for (var key : pools) {
                if (environment(key).zone() == Zone.PUBLIC) {
                    mayLeaveFor.add(key.environment());
                }
            }
            if (first) {
                allowed = pools;
            }
        }

        private void check(PoolKey key, Classification view) {
            if (invariants.isEmpty()) {
                return;
            }
            var scope =
                    new Scope(it.request(), List.of())
                            .dataClass(view.dataClass())
                            .unscanned(view.unscanned())
                            .environment(environment(key));
            for (var invariant : invariants) {
                if (invariant.never().check().test(scope) != Truth.FALSE) {
                    broken.add(invariant.never().text());
                }
            }
        }

        private void settle(Placed placed, PlacementFacts world) {
            switch (placed.decision()) {
                case Decision.Serve serve -> {
                    for (var candidate : serve.candidates()) {
                        var live = world.pools().get(candidate.pool());
                        if (live != null && live.freeSlots() > 0) {
                            pool = candidate.pool();
                            var zone = environment(pool).zone().wire();
                            place = zone + "/" + pool.environment();
                            return;
                        }
                    }
                    full(serve.whenFull());
                }
                case Decision.Queue _ -> place = Verdict.WAITS;
                case Decision.Shed _ -> place = Verdict.SHED;
                case Decision.Deny _ -> place = Verdict.DENIED;
                case Decision.Degrade _ -> {} // the next model settles it
            }
        }

        private void full(WhenFull whenFull) {
            switch (whenFull) {
                case QUEUE -> place = Verdict.WAITS;
                case SHED -> place = Verdict.SHED;
                case DEGRADE -> {} // the next model settles it
            }
        }

        private Environment environment(PoolKey key) {
            var known = it.world().environments().get(key.environment());
            if (known == null) {
                throw new IllegalStateException(
                        "the policy selected the unknown environment '%s'"
                                .formatted(key.environment()));
            }
            return known;
        }

        Verdict verdict() {
            return new Verdict(
                    classification.dataClass(),
                    mayLeaveFor,
                    allowed,
                    pool,
                    place == null ? Verdict.SHED : place,
                    opened,
                    List.copyOf(broken));
        }
    }
}
