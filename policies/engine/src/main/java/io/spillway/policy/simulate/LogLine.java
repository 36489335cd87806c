package io.spillway.policy.simulate;

import io.spillway.policy.features.Features;
import org.jspecify.annotations.Nullable;

/// One line of a decision log or of a trace; exactly one of its members is there.
///
/// @param state what the registry said; stands before the first decision that was made on it
/// @param decision a recorded decision
/// @param features a request that was never decided
public record LogLine(
        @Nullable RecordedState state,
        @Nullable RecordedDecision decision,
        @Nullable Features features) {

    public LogLine {
        int there =
                (state == null ? 0 : 1) + (decision == null ? 0 : 1) + (features == null ? 0 : 1);
        if (there != 1) {
            throw new IllegalArgumentException(
                    "it has %d of the members state, decision and features; expected one"
                            .formatted(there));
        }
    }
}
