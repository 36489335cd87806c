package io.spillway.policy.rule;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Truth;
import io.spillway.policy.detect.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Gives a request its data class: the strictest that anything asks for.
public final class Classifier {
    private static final Source ERROR = new Source("error", DataClass.HIGHEST);

    private final RuleSet rules;
    private final Source fallback;

    public Classifier(RuleSet rules) {
        this.rules = rules;
        this.fallback = new Source("default", rules.defaultClass());
    }

    /// Classifies. Whatever goes wrong on the way gives the highest class.
    public Classification classify(
            RequestFacts facts, List<Finding> findings, List<Source> floors) {
        try {
            var sources = sources(facts, findings, floors);
            var dataClass = rules.defaultClass();
            for (var source : sources) {
                dataClass = dataClass.max(source.dataClass());
            }
            return new Classification(dataClass, facts.unscanned(), findings, sources);
        } catch (RuntimeException _) {
            // The exception could quote what it failed on, so it goes no further.
            return new Classification(DataClass.HIGHEST, Set.of(), List.of(), List.of(ERROR));
        }
    }

    /// Classifies by what a scan gave. A scan that did not come to its end gives the highest class.
    public Classification classify(RequestFacts facts, Scan scan, List<Source> floors) {
        var classified = classify(facts, scan.findings(), floors);
        if (!scan.exhausted()) {
            return classified;
        }
        var sources = new ArrayList<>(classified.sources());
        sources.add(ERROR);
        return new Classification(
                DataClass.HIGHEST, classified.unscanned(), classified.findings(), sources);
    }

    private List<Source> sources(RequestFacts facts, List<Finding> findings, List<Source> floors) {
        var sources = new ArrayList<Source>(2 + floors.size());
        sources.add(fallback);
        sources.addAll(floors);
        var scope = new Scope(facts, Confidence.counting(findings));
        for (var rule : rules.raises()) {
            var truth = rule.when().test(scope);
            if (truth == Truth.TRUE) {
                sources.add(rule.source());
            } else if (truth == Truth.ERROR) {
                sources.add(ERROR);
            }
        }
        var declared = facts.declaredClass();
        if (declared != null) {
            sources.add(new Source("header", declared));
        }
        return sources;
    }
}
