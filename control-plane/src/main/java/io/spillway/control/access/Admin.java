package io.spillway.control.access;

import java.security.Principal;

/// Who makes an admin call.
///
/// @param id public id of the admin token
record Admin(String id) implements Principal {
    @Override
    public String getName() {
        return id;
    }
}
