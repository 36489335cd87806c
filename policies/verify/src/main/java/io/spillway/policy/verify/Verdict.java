package io.spillway.policy.verify;

/// What a proof came to.
public enum Verdict {
    /// No request can break it.
    PROVED,
    /// A request breaks it, and the engine confirms that.
    VIOLATED,
    /// Not known: out of time, or the engine does not confirm what the solver found.
    UNDECIDED;

    /// The worse of two: what is violated is worse than what is not known.
    Verdict and(Verdict other) {
        if (this == VIOLATED || other == VIOLATED) {
            return VIOLATED;
        }
        return this == UNDECIDED || other == UNDECIDED ? UNDECIDED : PROVED;
    }
}
