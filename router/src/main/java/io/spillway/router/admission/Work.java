package io.spillway.router.admission;

import io.spillway.router.balancing.Prefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One request as admission sees it: sizes, urgency and freedom, no text.
///
/// @param requestId id of the decision, for explanations only
/// @param tenant who is charged in the fair share
/// @param modelVersions model versions that may serve it, whose pools [Dispatcher#facts] describes
/// @param promptTokens expected prompt tokens
/// @param outputTokens expected generated tokens over all choices
/// @param spillable whether a grant lets it leave for a public environment; such work leaves the
///   private headroom to work that cannot
/// @param stream whether the answer is streamed, so that a time to first token can be observed
/// @param priority band 0 (last) to 9 (first), see [#DEFAULT_PRIORITY]
/// @param deadlineNanos moment after which it need not start any more
/// @param prefix its leading blocks
/// @param attempt 1 for the first attempt, more for retries
/// @param tried endpoints that earlier attempts used; they are not chosen again
public record Work(
        String requestId,
        String tenant,
        List<String> modelVersions,
        int promptTokens,
        int outputTokens,
        boolean spillable,
        boolean stream,
        int priority,
        long deadlineNanos,
        Prefix prefix,
        int attempt,
        Set<String> tried) {

    /// The band of requests that do not ask for one.
    public static final int DEFAULT_PRIORITY = 5;

    public Work {
        modelVersions = List.copyOf(modelVersions);
        tried = Set.copyOf(tried);
        if (priority < 0 || priority > 9 || promptTokens < 0 || outputTokens < 0 || attempt < 1) {
            throw new IllegalArgumentException(
                    ("work has priority=%d, promptTokens=%d, outputTokens=%d, attempt=%d; expected"
                                    + " 0 <= priority <= 9, tokens >= 0, attempt >= 1")
                            .formatted(priority, promptTokens, outputTokens, attempt));
        }
    }

    /// The same work of another class.
    ///
    /// @param leaves whether any public environment is open to it now
    public Work withSpillable(boolean leaves) {
        return new Work(
                requestId,
                tenant,
                modelVersions,
                promptTokens,
                outputTokens,
                leaves,
                stream,
                priority,
                deadlineNanos,
                prefix,
                attempt,
                tried);
    }

    /// The same work after an attempt at `endpoint` failed.
    public Work retry(String endpoint) {
        var more = new HashSet<>(tried);
        more.add(endpoint);
        return new Work(
                requestId,
                tenant,
                modelVersions,
                promptTokens,
                outputTokens,
                spillable,
                stream,
                priority,
                deadlineNanos,
                prefix,
                attempt + 1,
                more);
    }
}
