package io.spillway.policy.mask;

import io.spillway.api.request.Finding;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.rule.Confidence;
import java.util.Collection;
import java.util.List;

/// Which findings can be masked at all.
public final class Maskable {
    /// A key's span ends where its body looks broken, and what follows would leave.
    private static final String PRIVATE_KEY = FindingType.PRIVATE_KEY.wire();

    private Maskable() {}

    /// Whether replacing the finding's span takes its value out: it raises classes, it stands there
    /// character by character, and its type is one of those to mask.
    public static boolean is(Finding finding, Collection<String> types) {
        return finding.literal()
                && finding.confidence() >= Confidence.RAISES
                && types.contains(finding.type())
                && !finding.type().equals(PRIVATE_KEY);
    }

    /// Whether there is anything to mask.
    public static boolean any(List<Finding> findings, Collection<String> types) {
        if (types.isEmpty()) {
            return false;
        }
        for (var finding : findings) {
            if (is(finding, types)) {
                return true;
            }
        }
        return false;
    }
}
