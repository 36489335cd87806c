package io.spillway.router;

import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.router.api.ApiError;
import io.spillway.router.identity.RequestRate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Holds requests to the limits of the policy. Thread-safe.
final class PolicyLimits {
    private final RequestRate rate;

    PolicyLimits(RequestRate rate) {
        this.rate = rate;
    }

    /// Why a request is refused, null when it may go on. Sizes are looked at first, so that a
    /// request that is refused for its size does not use up a minute's share.
    @Nullable ApiError objection(List<LimitRule> limits, RequestFacts facts, long nowNanos) {
        for (var limit : limits) {
            var tooLarge = tooLarge(limit, facts);
            if (tooLarge != null) {
                return tooLarge;
            }
        }
        for (var limit : limits) {
            var perMinute = limit.requestsPerMinute();
            if (perMinute == null) {
                continue;
            }
            long wait = rate.take(bucket(limit, facts), perMinute, nowNanos);
            if (wait > 0) {
                return ApiError.rateLimited(
                        "The policy's limit '%s' of %d requests a minute is reached."
                                .formatted(limit.name(), perMinute),
                        Math.ceilDiv(wait, TimeUnit.SECONDS.toNanos(1)));
            }
        }
        return null;
    }

    private static @Nullable ApiError tooLarge(LimitRule limit, RequestFacts facts) {
        var prompt = limit.maxPromptTokens();
        if (prompt != null && facts.expectedPromptTokens() > prompt) {
            return ApiError.invalid(
                    "The prompt has about %d tokens; the policy's limit '%s' allows %d. Shorten it."
                            .formatted(facts.expectedPromptTokens(), limit.name(), prompt));
        }
        var output = limit.maxOutputTokens();
        var asked = facts.maxTokens();
        if (output != null
                && facts.operation() != Operation.EMBEDDINGS
                && (asked == null || asked > output)) {
            return ApiError.invalid(
                    "The policy's limit '%s' wants the request to ask for at most %d tokens."
                            .formatted(limit.name(), output),
                    "max_tokens");
        }
        return null;
    }

    /// No name of a key has a line end, so that limits and keys never share a bucket.
    private static String bucket(LimitRule limit, RequestFacts facts) {
        var caller = facts.caller();
        var who =
                switch (limit.per()) {
                    case TENANT -> caller.tenant();
                    case TEAM ->
                            caller.tenant() + "\n" + Objects.requireNonNullElse(caller.team(), "");
                    case KEY -> caller.keyId();
                };
        return "limit\n" + limit.name() + "\n" + who;
    }
}
