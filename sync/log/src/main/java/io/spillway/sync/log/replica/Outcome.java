package io.spillway.sync.log.replica;

import io.spillway.api.state.RoutingState;

/// What became of a frame.
public sealed interface Outcome {

    /// It was applied and is in force.
    record Applied(RoutingState state) implements Outcome {}

    /// It was applied, but could not be installed: the previous state serves on.
    record NotInstalled(String reason) implements Outcome {}

    /// A beacon confirmed that the state is the newest.
    record Confirmed() implements Outcome {}

    /// It was known already.
    record Unchanged() implements Outcome {}

    /// Something between is missing.
    ///
    /// @param after the last number held: what follows must be pulled
    record Gap(long after) implements Outcome {}

    /// The origin lives in another epoch than the replica: a snapshot is needed.
    record NewEpoch(long epoch) implements Outcome {}

    /// The replica departed from the origin: a snapshot is needed.
    record Resync(String reason) implements Outcome {}

    /// It must not be applied.
    record Refused(String reason) implements Outcome {}
}
