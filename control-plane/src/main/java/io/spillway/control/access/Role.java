package io.spillway.control.access;

import java.util.Locale;
import java.util.Optional;

/// What a token of the admin REST may do.
enum Role {
    /// Everything.
    ADMIN,

    /// Everything but to read decisions, which tell classes and findings of requests, and to make
    /// keys that show them.
    OPERATOR;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String wire) {
        for (var role : values()) {
            if (role.wire().equals(wire)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
