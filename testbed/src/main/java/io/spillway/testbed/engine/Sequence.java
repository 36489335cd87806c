package io.spillway.testbed.engine;

import org.jspecify.annotations.Nullable;

/// How far one piece of work has come.
final class Sequence {
    final Work work;
    KvBlocks.@Nullable Holding holding;
    int computed;
    int generated;
    int promptCounted;
    long firstTokenAt = -1;
    private final long arrivedAt;
    private long scheduledAt = -1;
    private int cached;

    Sequence(Work work, long arrivedAt) {
        this.work = work;
        this.arrivedAt = arrivedAt;
    }

    /// Tokens known so far: the prompt and what was generated.
    int tokens() {
        return work.promptTokens() + generated;
    }

    /// Tokens to compute before the next one comes out: 1 while decoding.
    int remaining() {
        return tokens() - computed;
    }

    void enter(KvBlocks.Holding held, int cachedTokens, long now) {
        holding = held;
        computed = cachedTokens;
        if (scheduledAt < 0) {
            scheduledAt = now;
            cached = cachedTokens;
        }
    }

    KvBlocks.Holding holding() {
        if (holding == null) {
            throw new IllegalStateException("sequence %d holds no blocks".formatted(work.id()));
        }
        return holding;
    }

    Emission.Lifetime lifetime(long endedAt) {
        return new Emission.Lifetime(arrivedAt, scheduledAt, firstTokenAt, endedAt, cached);
    }
}
