package io.spillway.router;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.router.decision.Policy;
import java.util.List;
import java.util.Set;

/// A policy whose classification fails.
public record BrokenPolicy(Policy placing) implements Policy {

    @Override
    public Scan scan(List<TextLeaf> text) {
        throw new IllegalStateException("a detector failed");
    }

    @Override
    public String detectors() {
        return "none";
    }

    @Override
    public Set<Set<String>> masks() {
        return Set.of();
    }

    @Override
    public Classification classify(RequestFacts request, Scan scan, List<Source> floors) {
        throw new IllegalStateException("a detector failed");
    }

    @Override
    public Placed place(RequestFacts request, Classification classification, PlacementFacts facts) {
        return placing.place(request, classification, facts);
    }

    @Override
    public String digest() {
        return "";
    }
}
