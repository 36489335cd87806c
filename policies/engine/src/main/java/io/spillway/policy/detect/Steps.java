package io.spillway.policy.detect;

/// How much work a scan may still do, counted in looks at a byte and never in time: the same
/// request always gets as far.
///
/// The allowance grows with the text, so ordinary text never comes near it; what is made to be
/// expensive runs out of it and is then treated as the most sensitive there is.
final class Steps {
    /// Looks allowed at each byte. Ordinary text needs fewer than a tenth of it.
    static final int PER_BYTE = 256;

    /// What a short text may use besides.
    static final int AT_LEAST = 65_536;

    private long left;

    Steps(long bytes) {
        this.left = AT_LEAST + bytes * PER_BYTE;
    }

    /// Takes steps.
    ///
    /// @return false when there are none left; the caller stops
    boolean spend(long steps) {
        left -= steps;
        return left >= 0;
    }

    /// Says that another bound was reached.
    void exhaust() {
        left = Long.MIN_VALUE / 2;
    }

    boolean exhausted() {
        return left < 0;
    }
}
