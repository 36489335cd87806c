package io.spillway.control.access;

import java.security.Principal;

/// Who makes an admin call.
///
/// @param id public id of the token
record Admin(String id, Role role) implements Principal {
    @Override
    public String getName() {
        return id;
    }
}
