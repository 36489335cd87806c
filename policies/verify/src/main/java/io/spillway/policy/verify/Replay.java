package io.spillway.policy.verify;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.policy.Placed;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.ConditionCompiler;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.features.Features;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.rule.Classifier;
import io.spillway.policy.rule.Confidence;
import io.spillway.policy.rule.Placer;
import io.spillway.policy.rule.RuleSet;
import io.spillway.policy.rule.RuleSet.PlaceRule;
import io.spillway.policy.rule.RuleSet.UseRule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides a request of the solver on the engine that routers run.
///
/// The engine also removes whatever an invariant forbids. That is the last line of defence and no
/// proof, so requests are replayed on the policy without its invariants.
final class Replay {
    private final RuleSet rules;
    private final Classifier classifier;
    private final Placer placer;

    Replay(RuleSet rules) {
        this.rules = rules;
        this.classifier = new Classifier(rules);
        this.placer =
                new Placer(
                        new RuleSet(
                                rules.defaultClass(),
                                rules.raises(),
                                rules.placement(),
                                List.of(),
                                rules.governance()));
    }

    Classification classify(Features features) {
        return classifier.classify(features.request(), features.findings(), features.floors());
    }

    /// The environments that the policy lets the request into, guard included.
    Set<String> guarded(Features features) {
        var classification = classify(features);
        var servedAs = features.servedAs();
        if (servedAs != null) {
            var step = Optional.<String>empty();
            var seen = new HashSet<String>();
            do {
                step = place(servedAs(features, step.orElse(null)), classification).degradeTo();
            } while (step.isPresent() && !step.get().equals(servedAs) && seen.add(step.get()));
            if (!step.equals(Optional.of(servedAs))) {
                return Set.of();
            }
        }
        var placed = place(features, classification);
        var serving =
                switch (placed.decision()) {
                    case Decision.Serve serve -> serve.candidates().stream().map(Candidate::pool);
                    case Decision.Queue queue -> queue.pools().stream();
                    case Decision.Degrade _, Decision.Shed _, Decision.Deny _ ->
                            Stream.<PoolKey>empty();
                };
        return Stream.concat(serving, placed.allowedWithoutEndpoint().stream())
                .map(PoolKey::environment)
                .collect(Collectors.toSet());
    }

    /// What the engine decides, guard included.
    Placed place(Features features, Classification classification) {
        return placer.place(features.request(), classification, features.placement());
    }

    private static Features servedAs(Features features, @Nullable String model) {
        return new Features(
                features.request(),
                features.findings(),
                features.floors(),
                features.environments(),
                features.models(),
                model,
                features.pools(),
                features.prices(),
                features.now(),
                features.masked());
    }

    /// What the rules alone select, as if everything were granted and cleared.
    ///
    /// @param rule name of the rule that decides, empty when none does
    /// @param byEntry for each of its entries the environments that it selects
    record Selection(String rule, List<Set<String>> byEntry) {
        Set<String> environments() {
            return byEntry.stream().flatMap(Set::stream).collect(Collectors.toSet());
        }
    }

    Selection selection(Features features) {
        var scope = scope(features, classify(features).dataClass());
        var rule = deciding(scope);
        return rule == null
                ? new Selection("", List.of())
                : new Selection(
                        rule.name(),
                        rule.use().stream()
                                .map(use -> selected(features, rule, use, scope))
                                .toList());
    }

    private @Nullable PlaceRule deciding(Scope scope) {
        for (var rule : rules.placement()) {
            var when = rule.when();
            var truth = when == null ? Truth.TRUE : when.check().test(scope);
            if (truth != Truth.FALSE) {
                return truth == Truth.TRUE ? rule : null;
            }
        }
        return null;
    }

    /// The best prediction for an entry is that of the pools before it, of which an example has at
    /// most one that is known.
    private Set<String> selected(Features features, PlaceRule rule, UseRule use, Scope scope) {
        boolean first = rule.use().getFirst() == use;
        long known =
                features.pools().stream()
                        .flatMapToLong(it -> it.predictedTtftMillis().stream())
                        .map(it -> it * 1_000_000)
                        .min()
                        .orElse(Scope.UNKNOWN_TTFT);
        return features.environments().stream()
                .filter(it ->
                        features.pools().stream()
                                .anyMatch(pool -> pool.pool().environment().equals(it.name())))
                .filter(it ->
                        use.environment() == null
                                ? it.zone() == use.zone()
                                : it.name().equals(use.environment()))
                .filter(it -> {
                    var when = use.when();
                    scope.environment(it).predictedTtftNanos(first ? Scope.UNKNOWN_TTFT : known);
                    return when == null || when.check().test(scope) == Truth.TRUE;
                })
                .filter(it -> it.zone() == Zone.PRIVATE || resident(it, scope))
                .map(Environment::name)
                .collect(Collectors.toSet());
    }

    private boolean resident(Environment environment, Scope scope) {
        var codes = new HashSet<>(environment.dataLocations());
        codes.addAll(environment.operatorJurisdictions());
        return rules.governance().residency().stream()
                .allMatch(rule -> {
                    var when = rule.when();
                    var truth = when == null ? Truth.TRUE : when.check().test(scope);
                    return truth == Truth.FALSE
                            || (truth == Truth.TRUE
                                    && !codes.isEmpty()
                                    && rule.allow().containsAll(codes));
                });
    }

    /// Whether a condition is anything but false for the request in an environment.
    ///
    /// @param mask types that are masked for it
    boolean violates(Features features, Condition never, String environment, Set<String> mask) {
        var place = environment(features, environment);
        var scope = scope(features, seen(features, environment, mask)).environment(place);
        return ConditionCompiler.compile(never).test(scope) != Truth.FALSE;
    }

    /// The class of what an environment gets of the request.
    ///
    /// @param mask types that are masked for it
    DataClass seen(Features features, String environment, Set<String> mask) {
        var masked = features.placement().masked().get(mask);
        return masked != null
                        && environment(features, environment).zone() == Zone.PUBLIC
                        && Maskable.any(features.findings(), mask)
                ? masked.dataClass()
                : classify(features).dataClass();
    }

    private static Environment environment(Features features, String name) {
        return features.environments().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Scope scope(Features features, DataClass dataClass) {
        List<Finding> counting =
                features.findings().stream()
                        .filter(it -> it.confidence() >= Confidence.RAISES)
                        .toList();
        return new Scope(features.request(), counting)
                .dataClass(dataClass)
                .unscanned(features.request().unscanned())
                .now(features.now());
    }
}
