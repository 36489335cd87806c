package io.spillway.testbed.engine;

import org.jspecify.annotations.Nullable;

/// A token that a step produced, or the end of work that produces none.
///
/// @param id the work's id
/// @param tokens tokens generated so far, this one included
/// @param at when the step ended, in nanoseconds
/// @param ended how the work went, null while it goes on
public record Emission(long id, int tokens, long at, @Nullable Lifetime ended) {

    /// The stations of finished work, all in nanoseconds on the engine's clock.
    ///
    /// @param arrivedAt when it was submitted
    /// @param scheduledAt when it first entered a batch
    /// @param firstTokenAt when its prefill ended
    /// @param endedAt when its last token came
    /// @param cachedTokens prompt tokens found in the prefix cache when it was first scheduled
    public record Lifetime(
            long arrivedAt, long scheduledAt, long firstTokenAt, long endedAt, int cachedTokens) {}
}
