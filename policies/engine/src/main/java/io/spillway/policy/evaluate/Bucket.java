package io.spillway.policy.evaluate;

/// Lengths of texts, in bytes of UTF-8.
public enum Bucket {
    UP_TO_1_KB("up to 1 KB", 1 << 10),
    UP_TO_8_KB("up to 8 KB", 8 << 10),
    UP_TO_32_KB("up to 32 KB", 32 << 10),
    UP_TO_128_KB("up to 128 KB", 128 << 10),
    LONGER("longer", Long.MAX_VALUE);

    private final String words;
    private final long most;

    Bucket(String words, long most) {
        this.words = words;
        this.most = most;
    }

    /// How tables call it.
    public String words() {
        return words;
    }

    static Bucket of(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        for (var bucket : values()) {
            if (bytes <= bucket.most) {
                return bucket;
            }
        }
        return LONGER;
    }
}
