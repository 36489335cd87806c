package io.spillway.router.balancing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Chained hashes of a prompt's leading blocks, to find the endpoint that still holds them in its
/// prefix cache. Holds no text: two prompts share a hash only when they share all bytes up to it
/// and their tenant. Immutable.
public final class Prefix {
    /// Bytes per block: about the size at which a cached prefix starts to pay.
    public static final int BLOCK_BYTES = 1024;

    /// Blocks looked at: a longer shared prefix changes no choice between endpoints.
    public static final int MOST_BLOCKS = 32;

    /// A prompt about which nothing is known.
    public static final Prefix NONE = new Prefix(new long[0], 0);

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] hashes;
    private final int totalBytes;

    private Prefix(long[] hashes, int totalBytes) {
        this.hashes = hashes;
        this.totalBytes = totalBytes;
    }

    /// Whole leading blocks it knows.
    int blocks() {
        return hashes.length;
    }

    /// The hash of everything up to the end of a block.
    ///
    /// @param block 1 for the first
    long hash(int block) {
        return hashes[block - 1];
    }

    /// Length of the whole prompt.
    int totalBytes() {
        return totalBytes;
    }

    /// Hashes the leading blocks of a prompt.
    ///
    /// @param tenant its owner: prefixes are never shared between tenants
    /// @param prompt buffer with the prompt's bytes, as they stand in the body
    /// @param from first byte
    /// @param to byte after the last
    public static Prefix of(String tenant, byte[] prompt, int from, int to) {
        int blocks = Math.min((to - from) / BLOCK_BYTES, MOST_BLOCKS);
        var hashes = new long[blocks];
        long hash = FNV_OFFSET;
        for (byte b : tenant.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        for (int block = 0; block < blocks; block++) {
            int end = from + (block + 1) * BLOCK_BYTES;
            for (int i = end - BLOCK_BYTES; i < end; i++) {
                hash = (hash ^ (prompt[i] & 0xff)) * FNV_PRIME;
            }
            hashes[block] = mix(hash);
        }
        return new Prefix(hashes, to - from);
    }

    /// Spreads the bits: plain FNV leaves the low ones of similar texts alike.
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return mixed ^ (mixed >>> 33);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prefix it
                && totalBytes == it.totalBytes
                && Arrays.equals(hashes, it.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "Prefix[blocks=%d, totalBytes=%d]".formatted(hashes.length, totalBytes);
    }
}
