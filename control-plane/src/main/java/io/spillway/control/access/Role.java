package io.spillway.control.access;

import java.util.Locale;
import java.util.Optional;

/// What a token of the admin REST may do.
enum Role {
    /// Everything.
    ADMIN,

    /// Everything but to see classes and findings of requests.
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
