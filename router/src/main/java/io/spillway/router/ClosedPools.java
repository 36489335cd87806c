package io.spillway.router;

import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes pools out of a decision that were found closed to a request after the policy decided.
final class ClosedPools {
    private ClosedPools() {}

    /// What is left of the decision, null when nothing is.
    static @Nullable Decision without(Decision decision, Set<PoolKey> closed) {
        if (closed.isEmpty()) {
            return decision;
        }
        return switch (decision) {
            case Decision.Serve it -> {
                var rest =
                        it.candidates().stream()
                                .filter(candidate -> !closed.contains(candidate.pool()))
                                .toList();
                yield rest.isEmpty()
                        ? null
                        : new Decision.Serve(rest, it.whenFull(), it.explanation());
            }
            case Decision.Queue it -> {
                var rest = it.pools().stream().filter(pool -> !closed.contains(pool)).toList();
                yield rest.isEmpty() ? null : new Decision.Queue(rest, it.explanation());
            }
            case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> decision;
        };
    }
}
