package io.spillway.api.decision;

import io.spillway.api.environment.PoolKey;
import java.util.List;

/// What is to happen to a request. Each answer carries what an operator will ask about it.
public sealed interface Decision {

    /// Why.
    Explanation explanation();

    /// Serve from the first candidate that admission, balancing and the egress guard accept.
    ///
    /// @param candidates in order of preference; at least one
    /// @param whenFull what to do when none has room
    record Serve(List<Candidate> candidates, WhenFull whenFull, Explanation explanation)
            implements Decision {
        public Serve {
            candidates = List.copyOf(candidates);
            if (candidates.isEmpty()) {
                throw new IllegalArgumentException(
                        "Serve needs at least one candidate; use Queue, Shed or Deny");
            }
        }
    }

    /// Wait until one of these pools has room.
    record Queue(List<PoolKey> pools, Explanation explanation) implements Decision {
        public Queue {
            pools = List.copyOf(pools);
        }
    }

    /// Decide again for another, smaller model.
    record Degrade(String model, Explanation explanation) implements Decision {}

    /// Refuse for now: waiting helps.
    record Shed(Explanation explanation) implements Decision {}

    /// Refuse for good under the present policy.
    record Deny(Explanation explanation) implements Decision {}
}
