package io.spillway.router.decision;

import io.spillway.api.environment.Money;
import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.policy.rule.GovernanceRules.PriorityRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A policy file as compiled by the policy engine, with its detectors.
public record EnginePolicy(CompiledPolicy compiled) implements Policy {

    @Override
    public Scan scan(List<TextLeaf> text) {
        return compiled.detectors().scan(text);
    }

    @Override
    public Classification classify(
            RequestFacts request, Scan scan, List<Classification.Source> floors) {
        return compiled.classify(request, scan, floors);
    }

    @Override
    public Set<Set<String>> masks() {
        return compiled.masks();
    }

    @Override
    public Placed place(RequestFacts request, Classification classification, PlacementFacts facts) {
        return compiled.place(request, classification, facts);
    }

    @Override
    public Optional<PriorityRule> priority(
            RequestFacts request, Classification classification, Instant now) {
        return compiled.priority(request, classification, now);
    }

    @Override
    public List<LimitRule> limits(
            RequestFacts request, Classification classification, Instant now) {
        return compiled.limits(request, classification, now);
    }

    @Override
    public Map<String, Money> budgets() {
        return compiled.budgets();
    }

    @Override
    public String digest() {
        return compiled.digest();
    }

    @Override
    public String detectors() {
        return compiled.detectors().digest();
    }
}
