package io.spillway.router.decision;

import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.TextLeaf;
import java.util.List;

/// A policy file as compiled by the policy engine, with its detectors.
public record EnginePolicy(CompiledPolicy compiled) implements Policy {

    @Override
    public Classification classify(
            RequestFacts request, List<TextLeaf> text, List<Classification.Source> floors) {
        return compiled.classify(request, compiled.detectors().scan(text), floors);
    }

    @Override
    public Placed place(RequestFacts request, Classification classification, PlacementFacts facts) {
        return compiled.place(request, classification, facts);
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
