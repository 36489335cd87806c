package io.spillway.router;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.router.accounting.TextSize;
import io.spillway.router.api.ParsedBody;
import io.spillway.router.classification.Assessment;
import io.spillway.router.identity.Principal;
import org.jspecify.annotations.Nullable;

/// One request that was read, identified and classified.
///
/// @param decisionId id shown to the caller, 32 hex digits
/// @param assessment its class and masked forms
/// @param session value of `x-spillway-session`, null when absent
/// @param size size of its prompt by script; as bytes, that of its largest form
/// @param priority band 0 to 9
/// @param arrivedNanos when its head was read
/// @param startByNanos when it is given up unless it was started
/// @param endByNanos when it is given up in any case
/// @param ownDeadline whether the caller set `endByNanos`
record Job(
        String decisionId,
        Operation operation,
        Principal principal,
        ParsedBody body,
        RequestFacts facts,
        Assessment assessment,
        @Nullable String session,
        TextSize size,
        int priority,
        long arrivedNanos,
        long startByNanos,
        long endByNanos,
        boolean ownDeadline) {

    /// Its class.
    Classification classification() {
        return assessment.classification();
    }

    /// The same request with another class.
    Job with(Assessment other) {
        return new Job(
                decisionId,
                operation,
                principal,
                body,
                facts,
                other,
                session,
                size.atLeast(other.largestBytes()),
                priority,
                arrivedNanos,
                startByNanos,
                endByNanos,
                ownDeadline);
    }

    /// Without the body.
    @Override
    public String toString() {
        return "Job[" + decisionId + "]";
    }
}
