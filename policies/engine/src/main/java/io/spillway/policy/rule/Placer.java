package io.spillway.policy.rule;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.Explanation.Step;
import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides where a request may run: the first placement rule that matches, minus what may not be.
public final class Placer {
    private final RuleSet rules;
    private final Governor governor;

    public Placer(RuleSet rules) {
        this.rules = rules;
        this.governor = new Governor(rules.governance());
    }

    /// Decides. Whatever goes wrong on the way denies.
    public Placed place(RequestFacts facts, Classification classification, PlacementFacts world) {
        var steps = new ArrayList<Step>(8 + rules.placement().size());
        try {
            return decide(facts, classification, world, steps);
        } catch (RuntimeException e) {
            // Only the kind: a message could quote what it failed on.
            return deny("", steps, "the decision failed with " + e.getClass().getSimpleName());
        }
    }

    /// What conditions that look at no place can read.
    public static Scope scope(RequestFacts facts, Classification classification, Instant now) {
        return new Scope(facts, Confidence.counting(classification.findings()))
                .dataClass(classification.dataClass())
                .unscanned(classification.unscanned())
                .now(now);
    }

    private Placed decide(
            RequestFacts facts,
            Classification classification,
            PlacementFacts world,
            List<Step> steps) {
        steps.add(new Step("classification", describe(classification)));
        var scope = scope(facts, classification, world.now());
        for (var rule : rules.placement()) {
            var when = rule.when();
            var truth = when == null ? Truth.TRUE : when.test(scope);
            switch (truth) {
                case FALSE -> steps.add(rule.passedOver());
                case ERROR -> {
                    steps.add(
                            new Step(
                                    "rule " + rule.name(),
                                    "cannot be evaluated, a fact it needs is not known"));
                    return deny(rule.name(), steps, "rule %s has no answer".formatted(rule.name()));
                }
                case TRUE -> {
                    steps.add(rule.matched());
                    var allowed =
                            governor.allowed(facts.caller().allowedJurisdictions(), scope, steps);
                    var request =
                            new PlacementRun(rules, rule, facts, classification, world, allowed);
                    return request.run(scope, steps);
                }
            }
        }
        return deny("", steps, "no placement rule matches");
    }

    private static String describe(Classification classification) {
        var text = new StringBuilder(64).append(classification.dataClass().wire());
        var separator = " because of ";
        for (var source : classification.sources()) {
            text.append(separator)
                    .append(source.name())
                    .append(' ')
                    .append(source.dataClass().wire());
            separator = ", ";
        }
        if (!classification.unscanned().isEmpty()) {
            text.append("; not scanned: ")
                    .append(
                            String.join(
                                    ", ", classification.unscanned().stream().sorted().toList()));
        }
        return text.toString();
    }

    static Placed deny(String rule, List<Step> steps, String reason) {
        steps.add(new Step("decision", "deny: " + reason));
        return new Placed(
                new Decision.Deny(new Explanation(rule, steps)), List.of(), Optional.empty());
    }
}
