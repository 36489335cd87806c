package io.spillway.policy;

import io.spillway.policy.condition.Truth;
import io.spillway.policy.rule.Placer;
import io.spillway.policy.rule.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which rules of a policy its own tests put to work.
///
/// A classification rule is exercised when it raised, a placement rule when it decided, an entry of
/// `use` when it kept a pool, and an invariant when it was true of some place.
///
/// @param exercised rules that some test put to work
/// @param missed rules that none did
public record TestCoverage(List<String> exercised, List<String> missed) {

    public TestCoverage {
        exercised = List.copyOf(exercised);
        missed = List.copyOf(missed);
    }

    /// Runs the tests of a policy and watches its rules.
    public static TestCoverage of(CompiledPolicy policy, KnownNames known) {
        var rules = new LinkedHashMap<String, Boolean>();
        policy.rules().raises().forEach(it -> rules.put(name(it), false));
        for (var rule : policy.rules().placement()) {
            rules.put(name(rule), false);
            rule.use().forEach(it -> rules.put(name(rule) + ", " + it.label(), false));
        }
        policy.rules().invariants().forEach(it -> rules.put(name(it), false));
        policy.tests().forEach(test -> watch(test.name().value(), policy, known, rules));
        var exercised = new ArrayList<String>();
        var missed = new ArrayList<String>();
        rules.forEach((name, seen) -> (seen ? exercised : missed).add(name));
        return new TestCoverage(exercised, missed);
    }

    private static void watch(
            String test, CompiledPolicy policy, KnownNames known, Map<String, Boolean> rules) {
        var features = PolicyTests.features(policy, test, known).orElseThrow();
        var classification = features.classify(policy);
        for (var source : classification.sources()) {
            rules.computeIfPresent("classification " + source.name(), (_, _) -> true);
        }
        var why = features.place(policy).decision().explanation();
        var placement = "placement rule:" + why.rule();
        rules.computeIfPresent(placement, (_, _) -> true);
        for (var step : why.steps()) {
            int end = step.outcome().indexOf(" allows it");
            if (end > 0) {
                rules.computeIfPresent(
                        placement + ", " + step.outcome().substring(0, end), (_, _) -> true);
            }
        }
        for (var environment : known.environments().values()) {
            var scope =
                    Placer.scope(features.request(), classification, features.now())
                            .environment(environment);
            for (var invariant : policy.rules().invariants()) {
                if (invariant.never().check().test(scope) == Truth.TRUE) {
                    rules.put(name(invariant), true);
                }
            }
        }
    }

    private static String name(RuleSet.RaiseRule rule) {
        return "classification " + rule.source().name();
    }

    private static String name(RuleSet.PlaceRule rule) {
        return "placement rule:" + rule.name();
    }

    private static String name(RuleSet.NeverRule rule) {
        return "never \"" + rule.never().text() + "\"";
    }

    /// Exercised rules in percent, rounded down; 100 when there is no rule.
    public int percent() {
        int all = exercised.size() + missed.size();
        return all == 0 ? 100 : exercised.size() * 100 / all;
    }
}
