package io.spillway.router.decision;

import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.TextLeaf;
import java.util.List;

/// The policy in force. Thread-safe and immutable.
///
/// An interface, so that a test can put a policy in its place that sends everything everywhere and
/// show that the egress guard stands all the same.
public interface Policy {

    /// The data class of a request.
    ///
    /// @param floors what besides rules and text asks for a class
    Classification classify(
            RequestFacts request, List<TextLeaf> text, List<Classification.Source> floors);

    /// Where a request may go.
    Placed place(RequestFacts request, Classification classification, PlacementFacts facts);

    /// Digest of its file, 64 hex digits; empty when there is none.
    String digest();

    /// Digest of the detectors it classifies with; empty when it looks at no text.
    default String detectors() {
        return "";
    }
}
