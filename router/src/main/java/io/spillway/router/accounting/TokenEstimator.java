package io.spillway.router.accounting;

import org.jspecify.annotations.Nullable;

/// Expected tokens per model, learned from what servers state. Thread-safe.
public final class TokenEstimator {

    /// Expected prompt tokens.
    public int expectedPrompt(String model, TextSize size) {
        throw new UnsupportedOperationException();
    }

    /// Expected generated tokens over all choices.
    ///
    /// @param maxTokens the caller's limit per choice, null for none
    public int expectedOutput(String model, @Nullable Integer maxTokens, int choices) {
        throw new UnsupportedOperationException();
    }

    /// Learns from an answer that ended normally.
    public void observed(
            String model, TextSize size, long promptTokens, long completionTokens, int choices) {
        throw new UnsupportedOperationException();
    }

    /// The most tokens a request can use.
    ///
    /// @param maxTokens the caller's limit per choice, null for none; 0 for embeddings
    /// @param contextTokens longest prompt plus answer of the model
    public static TokenBound bound(
            TextSize size, @Nullable Integer maxTokens, int choices, int contextTokens) {
        throw new UnsupportedOperationException();
    }
}
