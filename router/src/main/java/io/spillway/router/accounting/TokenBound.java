package io.spillway.router.accounting;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;

/// The most tokens a request can use, for money and never for prediction.
///
/// @param promptTokens most prompt tokens
/// @param outputTokensPerChoice most generated tokens of each choice
/// @param choices number of choices (`n`)
/// @param contextTokens longest prompt plus answer of a choice
public record TokenBound(
        long promptTokens, long outputTokensPerChoice, int choices, long contextTokens) {

    public TokenBound {
        if (promptTokens < 0 || outputTokensPerChoice < 0 || choices < 1 || contextTokens < 1) {
            throw new IllegalArgumentException(
                    "token bound has promptTokens=%d, outputTokensPerChoice=%d, choices=%d, contextTokens=%d; expected tokens >= 0, choices and context >= 1"
                            .formatted(
                                    promptTokens, outputTokensPerChoice, choices, contextTokens));
        }
    }

    /// The most this request can cost in a pool.
    ///
    /// With `p` prompt tokens the answer has at most `min(outputTokensPerChoice, contextTokens -
    /// p)` tokens per choice, and `p` is not known. The cost is piecewise linear and concave in
    /// `p`, so its maximum lies at an end or at the bend.
    ///
    /// @throws ArithmeticException when it does not fit: more than any budget
    public Money mostIn(Pool pool) {
        long bend = Math.clamp(contextTokens - outputTokensPerChoice, 0, promptTokens);
        var most = costAt(bend, pool);
        for (var cost : new Money[] {costAt(0, pool), costAt(promptTokens, pool)}) {
            most = cost.nanos() > most.nanos() ? cost : most;
        }
        return most;
    }

    private Money costAt(long prompt, Pool pool) {
        long output = Math.clamp(contextTokens - prompt, 0, outputTokensPerChoice);
        return Prices.cost(pool, prompt, Math.multiplyExact(output, choices));
    }
}
