package io.spillway.policy.detect;

import io.spillway.api.request.Finding;
import java.util.ArrayList;
import java.util.List;

/// Finds personal data and secrets. Safe for use by many threads.
public final class Detectors {
    private static final Detectors BUILT_IN = new Detectors();

    private Detectors() {}

    /// All built-in detectors.
    public static Detectors builtIn() {
        return BUILT_IN;
    }

    /// Scans the strings of one request. Findings come in the order of the leaves and, within one,
    /// of their first code point; spans count code points from the beginning of the leaf.
    public List<Finding> scan(List<TextLeaf> leaves) {
        var findings = new ArrayList<Finding>();
        for (var leaf : leaves) {
            var hits = new Hits(leaf.utf8(), leaf.from(), leaf.to());
            new Scanner(leaf.utf8(), leaf.from(), leaf.to(), hits).run();
            hits.addTo(findings, leaf.path());
        }
        return findings;
    }
}
