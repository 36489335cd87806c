package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Pieces of several strings as one text.
final class Joined {
    private static final byte[] BARRIER = "\n~~~~~~~~\n".getBytes(StandardCharsets.US_ASCII);

    private final List<Piece> pieces;
    private final int[] starts;
    private final byte[] bytes;
    private int size;

    /// @param between what to put between two pieces that belong together
    Joined(List<Piece> pieces, String between) {
        this.pieces = pieces;
        this.starts = new int[pieces.size()];
        var gap = between.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (var piece : pieces) {
            length += piece.to() - piece.from() + Math.max(gap.length, BARRIER.length);
        }
        this.bytes = new byte[length];
        for (int i = 0; i < pieces.size(); i++) {
            var piece = pieces.get(i);
            if (i > 0) {
                put(piece.apart() ? BARRIER : gap, 0, piece.apart() ? BARRIER.length : gap.length);
            }
            starts[i] = size;
            put(piece.leaf().utf8(), piece.from(), piece.to());
        }
    }

    private void put(byte[] from, int start, int end) {
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Whether the stretch begins in one string and ends in another.
    boolean crosses(int start, int end) {
        return end > start && leaf(start) != leaf(end - 1);
    }

    /// The string that the byte came from.
    TextLeaf leaf(int at) {
        return pieces.get(index(at)).leaf();
    }

    /// Where the byte stands in the bytes of its string.
    int source(int at) {
        int i = index(at);
        return Math.min(pieces.get(i).to(), pieces.get(i).from() + at - starts[i]);
    }

    private int index(int at) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
