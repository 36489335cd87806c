package io.spillway.testbed.engine;

/// One sequence for an engine to work on.
///
/// @param id unique among the sequences the engine holds
/// @param promptTokens tokens of the prompt, at least 1
/// @param promptBlocks chained hashes of the prompt's full blocks; equal hashes mean equal prefixes
/// @param outputTokens tokens to generate; 0 ends the work after prefill, as for embeddings
public record Work(long id, int promptTokens, long[] promptBlocks, int outputTokens) {

    public Work {
        if (promptTokens < 1 || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "work has promptTokens=%d, outputTokens=%d; expected promptTokens >= 1 and outputTokens >= 0"
                            .formatted(promptTokens, outputTokens));
        }
    }
}
