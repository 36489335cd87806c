package io.spillway.policy.condition;

import io.spillway.policy.document.Suggestion;
import java.time.ZoneId;
import java.util.Set;

/// The time zones that a policy may name: those of the IANA database, so that summer time is right.
public final class Zones {
    private static final Set<String> NAMES = ZoneId.getAvailableZoneIds();

    private Zones() {}

    /// Whether there is such a zone.
    public static boolean known(String name) {
        return NAMES.contains(name);
    }

    /// How to mend a name that is none.
    public static String hint(String written) {
        return Suggestion.nearest(written, NAMES)
                .map("did you mean '%s'?"::formatted)
                .orElse("use a name such as 'Europe/Berlin', 'Asia/Shanghai' or 'UTC'");
    }
}
