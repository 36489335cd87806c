package io.spillway.policy.detect;

/// How random a text looks.
final class Entropy {
    private static final int LONGEST = 256;

    private Entropy() {}

    /// Shannon's entropy in bits per byte, over at most 256 bytes.
    static double bits(byte[] b, int start, int end) {
        int stop = Math.min(end, start + LONGEST);
        int length = stop - start;
        if (length <= 0) {
            return 0;
        }
        var counts = new short[256];
        for (int i = start; i < stop; i++) {
            counts[b[i] & 0xFF]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                bits -= share * Math.log(share);
            }
        }
        return bits / Math.log(2);
    }
}
