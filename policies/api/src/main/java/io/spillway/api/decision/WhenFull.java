package io.spillway.api.decision;

/// What to do when no candidate has room.
public enum WhenFull {
    QUEUE,
    DEGRADE,
    SHED
}
