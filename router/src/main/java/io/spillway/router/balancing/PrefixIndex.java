package io.spillway.router.balancing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers which endpoint saw a prompt prefix last. Bounded: the least recently used goes first.
final class PrefixIndex {
    private static final int MOST_ENTRIES = 16_384;

    private final Map<Long, String> holders =
            new LinkedHashMap<>(1024, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
                    return size() > MOST_ENTRIES;
                }
            };

    /// Share of the prompt that each endpoint probably holds, 0.0 to 1.0; absent means none.
    Map<String, Double> shares(Prefix prefix) {
        if (prefix.blocks() == 0) {
            return Map.of();
        }
        var shares = new HashMap<String, Double>();
        for (int block = prefix.blocks(); block > 0; block--) {
            var holder = holders.get(prefix.hash(block));
            if (holder != null) {
                shares.putIfAbsent(
                        holder, (double) block * Prefix.BLOCK_BYTES / prefix.totalBytes());
            }
        }
        return shares;
    }

    /// Notes that an endpoint got this prompt.
    void sent(Prefix prefix, String endpoint) {
        for (int block = 1; block <= prefix.blocks(); block++) {
            holders.put(prefix.hash(block), endpoint);
        }
    }

    /// An endpoint is gone, and its cache with it.
    void forget(String endpoint) {
        holders.values().removeIf(endpoint::equals);
    }
}
