package io.spillway.testbed.engine;

/// Totals of one engine since it was made. Counted by the engine, read by anyone on its thread.
public final class Counters {
    long promptTokens;
    long generationTokens;
    long prefixQueries;
    long prefixHits;
    long preemptions;
    final Histogram stepTokens =
            new Histogram(1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384);

    /// Prompt tokens prefilled or found in the prefix cache.
    public long promptTokens() {
        return promptTokens;
    }

    /// Tokens generated.
    public long generationTokens() {
        return generationTokens;
    }

    /// Tokens looked up in the prefix cache.
    public long prefixQueries() {
        return prefixQueries;
    }

    /// Tokens found there.
    public long prefixHits() {
        return prefixHits;
    }

    /// Sequences that lost their blocks to older ones.
    public long preemptions() {
        return preemptions;
    }

    /// Tokens computed in each step.
    public Histogram stepTokens() {
        return stepTokens;
    }
}
