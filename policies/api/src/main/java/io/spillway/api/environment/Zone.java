package io.spillway.api.environment;

import java.util.Locale;

/// Whose machines an environment runs on.
public enum Zone {
    PRIVATE,
    PUBLIC;

    /// The name used in policies, headers and JSON.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
