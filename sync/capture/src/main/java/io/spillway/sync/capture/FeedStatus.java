package io.spillway.sync.capture;

import io.spillway.api.state.Watermark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a feed fares.
///
/// @param watermark the newest change set that followers are told of
/// @param problem why no beacon can be sent at the moment, null when it can
/// @param gaps times that the capture missed change sets, which were pulled from the outbox
/// @param duplicates rows that came again and were dropped
/// @param reloads times that the registry had to be loaded anew
/// @param replicas all replicas seen since the start, by name
public record FeedStatus(
        Watermark watermark,
        @Nullable String problem,
        long gaps,
        long duplicates,
        long reloads,
        List<Replica> replicas) {

    public FeedStatus {
        replicas = List.copyOf(replicas);
    }

    /// One replica.
    ///
    /// @param name its name
    /// @param environment the environment it stands in
    /// @param connected whether it follows now
    /// @param sentSeq number of the last change set sent to it
    /// @param appliedEpoch epoch of the state that is in force in it
    /// @param appliedSeq number of the last change set in force in it, as it last said
    /// @param lag change sets that are not yet in force in it
    /// @param lastSeen when it was last heard of
    public record Replica(
            String name,
            String environment,
            boolean connected,
            long sentSeq,
            long appliedEpoch,
            long appliedSeq,
            long lag,
            Instant lastSeen) {}
}
