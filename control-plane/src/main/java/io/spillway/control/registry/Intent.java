package io.spillway.control.registry;

import org.jspecify.annotations.Nullable;

/// Who changes something, and what for, as the audit will say it.
///
/// @param actor public id of an admin token, or `capacity` for the control plane's own loop
/// @param action what is done, in one word
/// @param acknowledgedWidening digest of the widening that the actor has seen and wants, null for
///   none
public record Intent(String actor, String action, @Nullable String acknowledgedWidening) {

    /// An intent that acknowledges nothing.
    public Intent(String actor, String action) {
        this(actor, action, null);
    }
}
