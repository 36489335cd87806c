package io.spillway.policy.verify;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.rule.CompiledCondition;
import io.spillway.policy.rule.RuleSet;
import io.spillway.policy.rule.RuleSet.PlaceRule;
import io.spillway.policy.rule.RuleSet.UseRule;
import io.spillway.policy.verify.Proof.WarningKind;
import io.spillway.policy.verify.SmallWorld.Load;
import io.spillway.policy.verify.SmallWorld.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is true of a [SmallPolicy], found out by going through everything there is in its
/// [SmallWorld], without a solver.
final class Enumeration {
    /// Which class of which tenant gets to which zone.
    record Reached(DataClass dataClass, String tenant, Zone zone) {}

    /// @param policy without its invariants, which the engine would enforce
    private final CompiledPolicy policy;

    private final RuleSet rules;
    private final SmallWorld world;
    private final List<Situation> situations = new ArrayList<>();
    private final Map<String, List<PlacementFacts>> facts = new HashMap<>();
    private final Set<String> matching = new HashSet<>();
    private final Set<String> deciding = new HashSet<>();
    private final Set<String> selecting = new HashSet<>();
    private final Set<String> adding = new HashSet<>();

    final Set<Reached> matrix = new HashSet<>();
    final Set<Integer> brokenByRules = new HashSet<>();
    final Set<Integer> brokenPastTheGuard = new HashSet<>();
    final Set<DataClass> widening = new TreeSet<>();
    final Set<String> gaps = new HashSet<>();
    long decisions;

    /// One place under one load.
    private record Situation(int number, Environment place, Load load) {}

    /// @param whole with its invariants
    Enumeration(CompiledPolicy policy, CompiledPolicy whole, SmallWorld world, List<Load> loads) {
        this.policy = policy;
        this.rules = whole.rules();
        this.world = world;
        for (var place : world.places()) {
            loads.forEach(it -> situations.add(new Situation(situations.size(), place, it)));
        }
        for (var request : world.requests()) {
            go(request);
        }
    }

    private void go(Request request) {
        var classification = policy.classify(request.facts(), request.findings(), request.floors());
        var scope = scope(request, classification.dataClass());
        var rule = deciding(scope);
        for (var situation : situations) {
            if (rule != null) {
                byRules(rule, situation.place(), situation.load(), scope);
            }
            pastTheGuard(request, classification, situation, scope);
        }
        widening(request, classification.dataClass());
    }

    private static Scope scope(Request request, DataClass dataClass) {
        return new Scope(request.facts(), request.findings()).dataClass(dataClass);
    }

    private static Truth truth(@Nullable CompiledCondition when, Scope scope) {
        return when == null ? Truth.TRUE : when.check().test(scope);
    }

    private @Nullable PlaceRule deciding(Scope scope) {
        for (var rule : rules.placement()) {
            if (truth(rule.when(), scope) == Truth.TRUE) {
                matching.add(rule.name());
            }
        }
        for (var rule : rules.placement()) {
            var truth = truth(rule.when(), scope);
            if (truth == Truth.TRUE) {
                deciding.add(rule.name());
                return rule;
            }
            if (truth == Truth.ERROR) {
                gaps.add("rule " + rule.name());
                return null;
            }
        }
        gaps.add("placement");
        return null;
    }

    private void byRules(PlaceRule rule, Environment place, Load load, Scope scope) {
        boolean before = false;
        for (int i = 0; i < rule.use().size(); i++) {
            if (selects(rule, i, place, load, scope)) {
                selecting.add(entry(rule, i));
                if (!before) {
                    adding.add(entry(rule, i));
                }
                before = true;
            }
        }
        if (before) {
            broken(scope, brokenByRules);
        }
    }

    /// Whether an entry leads to a place, were everything granted and cleared.
    private boolean selects(PlaceRule rule, int entry, Environment place, Load load, Scope scope) {
        var use = rule.use().get(entry);
        scope.environment(place)
                .predictedTtftNanos(
                        entry == 0 || load.ttftMillis() == null
                                ? Scope.UNKNOWN_TTFT
                                : load.ttftMillis() * 1_000_000);
        return targets(use, place)
                && truth(use.when(), scope) == Truth.TRUE
                && resident(place, scope);
    }

    private static boolean targets(UseRule use, Environment place) {
        return use.environment() == null
                ? use.zone() == place.zone()
                : place.name().equals(use.environment());
    }

    private boolean resident(Environment place, Scope scope) {
        if (place.zone() == Zone.PRIVATE) {
            return true;
        }
        var codes = new HashSet<>(place.dataLocations());
        codes.addAll(place.operatorJurisdictions());
        return rules.governance().residency().stream()
                .allMatch(rule ->
                        switch (truth(rule.when(), scope)) {
                            case FALSE -> true;
                            case TRUE -> !codes.isEmpty() && rule.allow().containsAll(codes);
                            case ERROR -> false;
                        });
    }

    private void broken(Scope scope, Set<Integer> into) {
        for (int i = 0; i < rules.invariants().size(); i++) {
            if (truth(rules.invariants().get(i).never(), scope) != Truth.FALSE) {
                into.add(i);
            }
        }
    }

    /// Asks the engine, once for every model that the request can be degraded to.
    private void pastTheGuard(
            Request request, Classification classification, Situation situation, Scope scope) {
        var place = situation.place();
        var tenant = request.facts().caller().tenant();
        var asked = request.facts().model();
        var model = asked;
        while (true) {
            decisions++;
            var placed =
                    policy.place(
                            request.facts(),
                            classification,
                            facts(tenant, model, asked).get(situation.number()));
            if (pools(placed).anyMatch(it -> it.environment().equals(place.name()))) {
                matrix.add(new Reached(classification.dataClass(), tenant(tenant), place.zone()));
                broken(scope.environment(place), brokenPastTheGuard);
            }
            var smaller = placed.degradeTo();
            if (smaller.isEmpty()) {
                return;
            }
            model = smaller.get();
        }
    }

    /// By the number of the situation.
    private List<PlacementFacts> facts(String tenant, String model, String asked) {
        return facts.computeIfAbsent(
                String.join("/", tenant, model, asked),
                _ ->
                        situations.stream()
                                .map(it -> world.facts(it.place(), it.load(), tenant, model, asked))
                                .toList());
    }

    private String tenant(String name) {
        return world.inventory.tenants().stream().anyMatch(it -> it.name().equals(name))
                ? name
                : Matrix.OTHERS;
    }

    private static Stream<PoolKey> pools(Placed placed) {
        var now =
                switch (placed.decision()) {
                    case Decision.Serve serve -> serve.candidates().stream().map(Candidate::pool);
                    case Decision.Queue queue -> queue.pools().stream();
                    case Decision.Degrade _, Decision.Shed _, Decision.Deny _ ->
                            Stream.<PoolKey>of();
                };
        return Stream.concat(now, placed.allowedWithoutEndpoint().stream());
    }

    /// Whether the same request, of the next class, may leave where it may not now.
    private void widening(Request request, DataClass dataClass) {
        if (dataClass == DataClass.HIGHEST) {
            return;
        }
        var higher = DataClass.values()[dataClass.ordinal() + 1];
        for (var it : situations) {
            if (it.place().zone() == Zone.PUBLIC
                    && !widening.contains(higher)
                    && leaves(request, higher, it.place(), it.load())
                    && !leaves(request, dataClass, it.place(), it.load())) {
                widening.add(higher);
            }
        }
    }

    /// To this place or to the public one of the registry.
    private boolean leaves(Request request, DataClass dataClass, Environment place, Load load) {
        var scope = scope(request, dataClass);
        var rule =
                rules.placement().stream()
                        .filter(it -> truth(it.when(), scope) != Truth.FALSE)
                        .findFirst();
        return rule.isPresent()
                && truth(rule.get().when(), scope) == Truth.TRUE
                && Stream.of(place, SmallWorld.BURST)
                        .anyMatch(it -> {
                            for (int i = 0; i < rule.get().use().size(); i++) {
                                if (selects(rule.get(), i, it, load, scope)) {
                                    return true;
                                }
                            }
                            return false;
                        });
    }

    private static String entry(PlaceRule rule, int entry) {
        return "rule %s, %s".formatted(rule.name(), rule.use().get(entry).label());
    }

    /// What an author should be told of rules and entries that do nothing.
    Set<List<Object>> useless() {
        var found = new HashSet<List<Object>>();
        for (var rule : rules.placement()) {
            var name = "rule " + rule.name();
            if (!deciding.contains(rule.name())) {
                found.add(
                        List.of(
                                matching.contains(rule.name())
                                        ? WarningKind.SHADOWED
                                        : WarningKind.UNREACHABLE,
                                name));
                continue;
            }
            for (int i = 0; i < rule.use().size(); i++) {
                var entry = entry(rule, i);
                if (!selecting.contains(entry)) {
                    found.add(List.of(WarningKind.UNREACHABLE, entry));
                } else if (!adding.contains(entry)) {
                    found.add(List.of(WarningKind.SHADOWED, entry));
                }
            }
        }
        return found;
    }
}
