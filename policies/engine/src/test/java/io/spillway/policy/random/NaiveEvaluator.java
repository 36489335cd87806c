package io.spillway.policy.random;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.random.RandomRequests.Case;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The meaning of a policy, written down as plainly as possible and without the engine.
public final class NaiveEvaluator {
    private NaiveEvaluator() {}

    /// What is to happen.
    ///
    /// @param outcome `serve`, `queue`, `degrade small-chat`, `shed` or `deny`
    /// @param whenFull what to do without room, `none` unless the outcome is serve
    /// @param pools candidates, or the pools that are waited for
    /// @param unready pools allowed without a ready endpoint
    /// @param masks for candidates that get the request masked, the types
    public record Answer(
            String outcome,
            String whenFull,
            List<PoolKey> pools,
            List<PoolKey> unready,
            Map<PoolKey, Set<String>> masks) {}

    public static DataClass classOf(RandomPolicy policy, Case request) {
        var asked = new ArrayList<DataClass>();
        asked.add(policy.fallback());
        request.floors().forEach(it -> asked.add(it.dataClass()));
        if (request.facts().declaredClass() != null) {
            asked.add(request.facts().declaredClass());
        }
        var facts =
                new Facts(
                        request.facts(),
                        counting(request.findings()),
                        null,
                        null,
                        null,
                        null,
                        null);
        for (var raise : policy.raises()) {
            var value = raise.when().eval(facts);
            if (value == null) {
                asked.add(DataClass.RESTRICTED);
            } else if (value) {
                asked.add(raise.to());
            }
        }
        return asked.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    private static List<Finding> counting(List<Finding> findings) {
        return findings.stream().filter(it -> it.confidence() >= 0.5).toList();
    }

    public static Answer decide(RandomPolicy policy, Case request, DataClass dataClass) {
        var facts =
                new Facts(
                        request.facts(),
                        counting(request.findings()),
                        dataClass,
                        null,
                        null,
                        request.world().now(),
                        null);
        for (var rule : policy.rules()) {
            var value = rule.when() == null ? Boolean.TRUE : rule.when().eval(facts);
            boolean closed = rule.window() != null && !rule.window().open(facts.now());
            if (value == null && !closed) {
                return new Answer("deny", "none", List.of(), List.of(), Map.of());
            }
            if (!closed && value) {
                return apply(policy, rule, request, facts);
            }
        }
        return new Answer("deny", "none", List.of(), List.of(), Map.of());
    }

    private static Answer apply(
            RandomPolicy policy, RandomPolicy.Rule rule, Case request, Facts facts) {
        var world = request.world();
        var ready = new ArrayList<PoolKey>();
        var unready = new ArrayList<PoolKey>();
        Long best = null;
        var masks = new HashMap<PoolKey, Set<String>>();
        boolean forNow = false;
        for (var use : rule.use()) {
            var before = best;
            for (var key : selected(use, world)) {
                if (ready.contains(key) || unready.contains(key)) {
                    continue;
                }
                var environment = world.environments().get(key.environment());
                var here =
                        new Facts(
                                facts.request(),
                                facts.findings(),
                                facts.dataClass(),
                                environment,
                                before,
                                facts.now(),
                                null);
                boolean masking = masking(use.mask(), request, environment);
                if (masking && !world.masked().containsKey(use.mask())) {
                    continue;
                }
                if (!when(use, here)) {
                    forNow |= use.changesWithTime();
                    continue;
                }
                if (!cheap(use, key, world)
                        || !resident(policy, request, facts, environment)
                        || !permitted(
                                request,
                                facts.dataClass(),
                                environment,
                                masking ? use.mask() : Set.of())
                        || violated(
                                policy, masking ? here.of(world.masked().get(use.mask())) : here)) {
                    continue;
                }
                if (masking) {
                    masks.put(key, use.mask());
                }
                if (isReady(key, world)) {
                    ready.add(key);
                    var prediction = prediction(key, world);
                    boolean better = best == null || (prediction != null && prediction < best);
                    best = better ? prediction : best;
                } else {
                    unready.add(key);
                }
            }
        }
        if (ready.isEmpty() && unready.isEmpty() && smaller(rule, request) == null) {
            return new Answer(forNow ? "shed" : "deny", "none", List.of(), List.of(), Map.of());
        }
        masks.keySet().retainAll(ready);
        return answer(rule, request, ready, unready, masks);
    }

    /// Whether a place gets the request with something replaced in it.
    private static boolean masking(Set<String> types, Case request, Environment environment) {
        return environment.zone() == Zone.PUBLIC
                && request.findings().stream()
                        .anyMatch(it ->
                                it.literal()
                                        && it.confidence() >= 0.5
                                        && types.contains(it.type()));
    }

    private static boolean violated(RandomPolicy policy, Facts facts) {
        return policy.never().stream().anyMatch(it -> !Boolean.FALSE.equals(it.eval(facts)));
    }

    /// Whether every residency rule that applies allows all that a public place is subject to.
    private static boolean resident(
            RandomPolicy policy, Case request, Facts facts, Environment environment) {
        if (environment.zone() == Zone.PRIVATE) {
            return true;
        }
        var codes = new ArrayList<>(environment.dataLocations());
        codes.addAll(environment.operatorJurisdictions());
        return policy.residency().stream()
                .allMatch(rule -> {
                    var applies = rule.when() == null ? Boolean.TRUE : rule.when().eval(facts);
                    return Boolean.FALSE.equals(applies)
                            || (applies != null && rule.allow().containsAll(codes));
                });
    }

    private static String smaller(RandomPolicy.Rule rule, Case request) {
        var serving =
                request.world().servedAs() == null
                        ? request.facts().model()
                        : request.world().servedAs();
        int at = rule.degradeTo().indexOf(serving);
        return at + 1 < rule.degradeTo().size() ? rule.degradeTo().get(at + 1) : null;
    }

    private static Answer answer(
            RandomPolicy.Rule rule,
            Case request,
            List<PoolKey> ready,
            List<PoolKey> unready,
            Map<PoolKey, Set<String>> masks) {
        var full =
                rule.whenFull() == null
                        ? (rule.degradeTo().isEmpty() ? "queue" : "degrade")
                        : rule.whenFull().name().toLowerCase(Locale.ROOT);
        if (full.equals("degrade")) {
            var smaller = smaller(rule, request);
            full = smaller == null ? "queue" : "degrade " + smaller;
        }
        if (!ready.isEmpty()) {
            return new Answer("serve", full, ready, unready, masks);
        }
        return new Answer(
                full, "none", full.equals("queue") ? unready : List.of(), unready, Map.of());
    }

    private static List<PoolKey> selected(RandomPolicy.Use use, PlacementFacts world) {
        var keys = new ArrayList<PoolKey>();
        for (var version : world.modelVersions()) {
            world.environments().values().stream()
                    .filter(it ->
                            use.zone() != null
                                    ? it.zone().wire().equals(use.zone())
                                    : it.name().equals(use.environment()))
                    .map(it -> new PoolKey(it.name(), version))
                    .filter(it -> world.pools().containsKey(it) || world.prices().containsKey(it))
                    .sorted(
                            Comparator.<PoolKey>comparingLong(
                                            it -> {
                                                var ttft = prediction(it, world);
                                                return ttft == null ? Long.MAX_VALUE : ttft;
                                            })
                                    .thenComparing(PoolKey::environment))
                    .forEach(keys::add);
        }
        return keys;
    }

    private static boolean when(RandomPolicy.Use use, Facts facts) {
        return (use.when() == null || Boolean.TRUE.equals(use.when().eval(facts)))
                && (use.window() == null || use.window().open(facts.now()));
    }

    private static boolean cheap(RandomPolicy.Use use, PoolKey key, PlacementFacts world) {
        if (use.maxPrice() == null) {
            return true;
        }
        var pool = world.prices().get(key);
        return pool != null
                && pool.inputPrice().nanos() <= use.maxPrice()
                && pool.outputPrice().nanos() <= use.maxPrice();
    }

    /// What no policy can allow.
    ///
    /// @param mask types that are masked for it; empty when it gets the request as it is
    public static boolean permitted(
            Case request, DataClass dataClass, Environment environment, Set<String> mask) {
        var masked = mask.isEmpty() ? null : request.world().masked().get(mask);
        var sent = masked == null ? dataClass : masked.dataClass();
        var unscanned = new HashSet<>(request.facts().unscanned());
        if (masked != null) {
            unscanned.addAll(masked.unscanned());
        }
        if (environment.clearance().compareTo(sent) < 0) {
            return false;
        }
        if (environment.zone() == Zone.PRIVATE) {
            return true;
        }
        var codes = request.facts().caller().allowedJurisdictions();
        return request.world().maySpill().contains(environment.name())
                && !environment.dataLocations().isEmpty()
                && !environment.operatorJurisdictions().isEmpty()
                && codes.containsAll(environment.dataLocations())
                && codes.containsAll(environment.operatorJurisdictions())
                && request.world().spillableUnscanned().containsAll(unscanned);
    }

    private static boolean isReady(PoolKey key, PlacementFacts world) {
        var live = world.pools().get(key);
        return live != null && live.readyEndpoints() > 0;
    }

    private static Long prediction(PoolKey key, PlacementFacts world) {
        var live = world.pools().get(key);
        if (live == null || live.predictedTtftMillis().isEmpty()) {
            return null;
        }
        long millis = live.predictedTtftMillis().getAsLong();
        return millis < 0 || millis > Duration.ofDays(100_000).toMillis() ? null : (Long) millis;
    }
}
