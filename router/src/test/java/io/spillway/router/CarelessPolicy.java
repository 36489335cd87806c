package io.spillway.router;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.router.decision.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A policy without any care: it gives a request the class it is told to and sends it to the named
/// environments in order, whatever they may see.
public record CarelessPolicy(DataClass dataClass, List<String> environments) implements Policy {

    @Override
    public Scan scan(List<TextLeaf> text) {
        return new Scan(List.of(), false);
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
        return new Classification(
                dataClass,
                request.unscanned(),
                List.of(),
                List.of(new Source("default", dataClass)));
    }

    @Override
    public Placed place(RequestFacts request, Classification classification, PlacementFacts facts) {
        var candidates =
                environments.stream()
                        .map(name -> new Candidate(new PoolKey(name, "chat-v1"), "careless"))
                        .toList();
        return new Placed(
                new Decision.Serve(
                        candidates, WhenFull.QUEUE, new Explanation("careless", List.of())),
                List.of(),
                Optional.empty());
    }

    @Override
    public String digest() {
        return "careless";
    }
}
