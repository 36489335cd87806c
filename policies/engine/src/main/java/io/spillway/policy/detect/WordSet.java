package io.spillway.policy.detect;

import java.util.stream.Stream;

/// A few words, compared by their hashes.
final class WordSet {
    private final long[] hashes;

    WordSet(String... words) {
        hashes = Stream.of(words).mapToLong(Word::hashOf).toArray();
    }

    boolean has(long hash) {
        for (long one : hashes) {
            if (one == hash) {
                return true;
            }
        }
        return false;
    }
}
