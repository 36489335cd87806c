package io.spillway.router.decision;

import io.spillway.api.environment.Money;
import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.policy.rule.GovernanceRules.PriorityRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The policy in force. Thread-safe and immutable.
///
/// An interface, so that a test can put a policy in its place that sends everything everywhere and
/// show that the egress guard stands all the same.
public interface Policy {

    /// What its detectors find in a request's text.
    Scan scan(List<TextLeaf> text);

    /// The data class of a request.
    ///
    /// @param scan what its detectors found
    /// @param floors what besides rules and text asks for a class
    Classification classify(RequestFacts request, Scan scan, List<Classification.Source> floors);

    /// The sets of types that it masks before requests leave.
    Set<Set<String>> masks();

    /// Where a request may go.
    Placed place(RequestFacts request, Classification classification, PlacementFacts facts);

    /// The rule that gives a request its place in the queue, empty when none does.
    default Optional<PriorityRule> priority(
            RequestFacts request, Classification classification, Instant now) {
        return Optional.empty();
    }

    /// The limits that apply to a request.
    default List<LimitRule> limits(
            RequestFacts request, Classification classification, Instant now) {
        return List.of();
    }

    /// What tenants may spend in a calendar month, by tenant, besides what the registry says.
    default Map<String, Money> budgets() {
        return Map.of();
    }

    /// Digest of its file, 64 hex digits; empty when there is none.
    String digest();

    /// Digest of the detectors it classifies with; empty when it looks at no text.
    default String detectors() {
        return "";
    }
}
