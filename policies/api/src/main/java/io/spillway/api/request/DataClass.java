package io.spillway.api.request;

import java.util.Locale;
import java.util.Optional;

/// How sensitive a request is. Ordered: a later constant is the more sensitive one.
public enum DataClass {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /// The class that applies when anything needed to know the class failed.
    public static final DataClass HIGHEST = RESTRICTED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /// The name used in policies, headers and JSON: the constant in lower case.
    public String wire() {
        return wire;
    }

    /// The stricter of the two.
    public DataClass max(DataClass other) {
        return other.compareTo(this) > 0 ? other : this;
    }

    /// True when something cleared for this class may see a request of class `requested`.
    public boolean covers(DataClass requested) {
        return requested.compareTo(this) <= 0;
    }

    /// Reads a wire name; letter case does not matter, surrounding blanks do.
    public static Optional<DataClass> parse(String text) {
        for (var candidate : values()) {
            if (candidate.wire.equalsIgnoreCase(text)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
