package io.spillway.router.decision;

import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is in force while no policy was published: nothing goes anywhere.
public record NoPolicy() implements Policy {

    @Override
    public Scan scan(List<TextLeaf> text) {
        return new Scan(List.of(), true);
    }

    @Override
    public String detectors() {
        return "";
    }

    @Override
    public Set<Set<String>> masks() {
        return Set.of();
    }

    @Override
    public Classification classify(RequestFacts request, Scan scan, List<Source> floors) {
        return new Classification(
                DataClass.HIGHEST,
                request.unscanned(),
                List.of(),
                List.of(new Source("default", DataClass.HIGHEST)));
    }

    @Override
    public Placed place(RequestFacts request, Classification classification, PlacementFacts facts) {
        var why =
                new Explanation(
                        "",
                        List.of(
                                new Explanation.Step(
                                        "policy", "none is published; publish one first")));
        return new Placed(new Decision.Deny(why), List.of(), Optional.empty());
    }

    @Override
    public String digest() {
        return "";
    }
}
