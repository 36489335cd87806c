package io.spillway.testbed.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The KV cache of one engine: a fixed number of blocks of [#TOKENS] tokens.
///
/// A block is free, held by one sequence, or cached under the hash of the prefix it completes.
/// Cached blocks are shared; those nobody holds any more stay until their room is needed, oldest
/// first.
final class KvBlocks {
    /// Tokens in one block, vLLM's default.
    static final int TOKENS = 16;

    private final int total;
    private final Map<Long, Cached> cached = new HashMap<>();
    private final Cached idle = new Cached(0); // head of the ring of cached blocks nobody holds
    private int idleCount;
    private int free;

    KvBlocks(int total) {
        this.total = total;
        this.free = total;
        idle.next = idle;
        idle.previous = idle;
    }

    int total() {
        return total;
    }

    /// Blocks that sequences hold; a shared one counts once.
    int used() {
        return total - free - idleCount;
    }

    static int blocksFor(int tokens) {
        return (tokens + TOKENS - 1) / TOKENS;
    }

    /// How many of the first `limit` hashes are cached, up to the first that is not.
    int match(long[] hashes, int limit) {
        int hits = 0;
        while (hits < Math.min(limit, hashes.length) && cached.containsKey(hashes[hits])) {
            hits++;
        }
        return hits;
    }

    /// Takes `hits` cached blocks and as many others as `tokens` tokens need.
    ///
    /// @return what is held now, null when there is no room; nothing has changed then
    @Nullable Holding admit(long[] hashes, int hits, int tokens) {
        int need = blocksFor(tokens) - hits;
        int idleHits = 0;
        for (int i = 0; i < hits; i++) {
            idleHits += block(hashes[i]).holders == 0 ? 1 : 0;
        }
        if (need > free + idleCount - idleHits) {
            return null;
        }
        for (int i = 0; i < hits; i++) {
            hold(block(hashes[i]));
        }
        take(need);
        return new Holding(hashes, hits, hits + need);
    }

    /// Grows a holding to `tokens` tokens.
    ///
    /// @return false when there is no room; nothing has changed then
    boolean grow(Holding holding, int tokens) {
        int need = blocksFor(tokens) - holding.blocks;
        if (need > free + idleCount) {
            return false;
        }
        if (need > 0) {
            take(need);
            holding.blocks += need;
        }
        return true;
    }

    /// Makes the prompt blocks that are full after `computed` tokens available to others.
    void share(Holding holding, int computed) {
        int full = Math.min(holding.hashes.length, computed / TOKENS);
        for (; holding.shared < full; holding.shared++) {
            long hash = holding.hashes[holding.shared];
            var known = cached.get(hash);
            if (known == null) {
                var block = new Cached(hash);
                block.holders = 1;
                cached.put(hash, block);
            } else {
                hold(known); // another sequence computed the same block: keep one copy
                free++;
            }
        }
    }

    /// Gives everything back. Cached blocks stay for later; the end of a prefix goes first when
    /// room is needed, because nothing can be reused without what precedes it.
    void release(Holding holding) {
        for (int i = holding.shared - 1; i >= 0; i--) {
            var block = block(holding.hashes[i]);
            if (--block.holders == 0) {
                block.insertBefore(idle);
                idleCount++;
            }
        }
        free += holding.blocks - holding.shared;
        holding.blocks = 0;
        holding.shared = 0;
    }

    private Cached block(long hash) {
        var block = cached.get(hash);
        if (block == null) {
            throw new IllegalStateException("a held block left the prefix cache");
        }
        return block;
    }

    private void hold(Cached block) {
        if (block.holders++ == 0) {
            block.unlink();
            idleCount--;
        }
    }

    private void take(int count) {
        while (free < count) {
            var oldest = idle.next;
            oldest.unlink();
            cached.remove(oldest.hash);
            idleCount--;
            free++;
        }
        free -= count;
    }

    /// What one sequence holds.
    static final class Holding {
        private final long[] hashes;
        private int shared;
        private int blocks;

        private Holding(long[] hashes, int shared, int blocks) {
            this.hashes = hashes;
            this.shared = shared;
            this.blocks = blocks;
        }
    }

    private static final class Cached {
        final long hash;
        int holders;
        Cached next = this;
        Cached previous = this;

        Cached(long hash) {
            this.hash = hash;
        }

        void insertBefore(Cached other) {
            previous = other.previous;
            next = other;
            previous.next = this;
            other.previous = this;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
            next = this;
            previous = this;
        }
    }
}
