package io.spillway.policy.detect;

/// The pass over one string: finds anchors and asks the validators that they call for.
final class Scanner {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Hits hits;

    Scanner(byte[] bytes, int from, int to, Hits hits) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.hits = hits;
    }

    void run() {
        int floor = from;
        int i = from;
        while (i < to) {
            if (bytes[i] != '@') {
                i++;
                continue;
            }
            i = Emails.find(bytes, floor, i, to, hits);
            floor = i;
        }
    }
}
