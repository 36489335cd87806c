package io.spillway.policy.detect;

/// Why a pattern is refused.
public final class PatternProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final int at;
    private final String hint;

    PatternProblem(int at, String message, String hint) {
        super(message);
        this.at = at;
        this.hint = hint;
    }

    /// Where, in code points from the pattern's beginning.
    public int at() {
        return at;
    }

    /// How to mend it.
    public String hint() {
        return hint;
    }
}
