package io.spillway.policy.mask;

/// How often values may be compared with places of texts: so often for each character, and no more,
/// so that time is in proportion to the texts whatever stands in them.
final class Comparisons {
    private static final int FOR_EACH_CHARACTER = 2;
    private static final int FOR_THE_FIRST_TEXT = 10_000;

    private long left = FOR_THE_FIRST_TEXT;

    /// One more text is looked through.
    void allowFor(String text) {
        left += (long) FOR_EACH_CHARACTER * text.length();
    }

    /// Whether one more is allowed. Once it is not, none is.
    boolean spend() {
        return left > 0 && --left > 0;
    }

    boolean areExhausted() {
        return left <= 0;
    }
}
