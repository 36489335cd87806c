package io.spillway.control.registry;

/// Who changes something, and what for, as the audit will say it.
///
/// @param actor public id of an admin token, or `capacity` for the control plane's own loop
/// @param action what is done, in one word
public record Intent(String actor, String action) {}
