package io.spillway.testbed.replay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a request is, whatever anything detects in it.
public enum Label {
    /// May leave.
    BENIGN("benign"),
    /// Any text of a tenant whose floor is `confidential`.
    SENSITIVE_TENANT("sensitive by tenant"),
    /// Personal data sent with a key that may spill.
    SENSITIVE_CONTENT("sensitive by content");

    private final String words;

    Label(String words) {
        this.words = words;
    }

    /// Whether it must never reach a public server.
    public boolean sensitive() {
        return this != BENIGN;
    }

    /// The label in JSON.
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The label in words, for tables.
    public String words() {
        return words;
    }
}
