package io.spillway.policy.rule;

import io.spillway.api.request.Finding;
import java.util.ArrayList;
import java.util.List;

/// Which findings conditions can see.
public final class Confidence {
    /// A finding below this is recorded and raises nothing.
    public static final double RAISES = 0.5;

    private Confidence() {}

    /// The findings that count.
    static List<Finding> counting(List<Finding> findings) {
        for (int i = 0; i < findings.size(); i++) {
            if (findings.get(i).confidence() < RAISES) {
                var counting = new ArrayList<>(findings);
                counting.removeIf(it -> it.confidence() < RAISES);
                return counting;
            }
        }
        return findings;
    }
}
