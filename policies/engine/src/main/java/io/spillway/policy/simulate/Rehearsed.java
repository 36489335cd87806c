package io.spillway.policy.simulate;

import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Map;

/// What a [Rehearsal] found.
///
/// @param requests how many were looked at
/// @param newlyLeaving requests that may leave for a public environment that they could not leave
///   for before, and all that cannot be decided again
/// @param noLongerLeaving requests that could leave and no longer may
/// @param undecidable how many cannot be decided again, by reason
/// @param leaving where requests newly leave for, most first
/// @param broken invariants of the candidate or of the policy of then that what is allowed would
///   violate, with how many requests
/// @param moves who would start elsewhere, most first
/// @param classChanges requests whose class changes
/// @param newlyDenied requests that would be denied and were not
/// @param noLongerDenied requests that were denied and would not be
/// @param money what the requests that start at once cost, by currency
/// @param unpriced requests whose cost cannot be said, because tokens or prices are not known
public record Rehearsed(
        long requests,
        long newlyLeaving,
        long noLongerLeaving,
        Map<Undecidable, Long> undecidable,
        List<Leaving> leaving,
        Map<String, Broken> broken,
        List<Move> moves,
        List<ClassChange> classChanges,
        long newlyDenied,
        long noLongerDenied,
        List<Cost> money,
        long unpriced) {

    /// Requests that newly leave.
    ///
    /// @param dataClass the class under the candidate
    /// @param environment where they may go
    /// @param example id of one of them
    public record Leaving(
            String tenant,
            DataClass dataClass,
            String environment,
            long requests,
            String example) {}

    /// An invariant that would be violated.
    ///
    /// @param example id of one of the requests
    public record Broken(long requests, String example) {}

    /// Requests that would start elsewhere.
    ///
    /// @param dataClass the class under the candidate
    /// @param from zone and environment, or `waits`, `shed` or `denied`
    /// @param to the same under the candidate
    public record Move(String tenant, DataClass dataClass, String from, String to, long requests) {}

    /// Requests whose class changes.
    public record ClassChange(DataClass from, DataClass to, long requests) {}

    /// Money in billionths of a currency.
    ///
    /// @param before under the policy of then
    /// @param after under the candidate
    public record Cost(String currency, long before, long after) {}

    /// How many cannot be decided again.
    public long undecidables() {
        return undecidable.values().stream().mapToLong(Long::longValue).sum();
    }
}
