package io.spillway.testbed.replay;

/// The replay could not be done; the message says why and what to do.
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean unreachable;

    private ReplayException(String message, boolean unreachable) {
        super(message);
        this.unreachable = unreachable;
    }

    static ReplayException unreachable(String message) {
        return new ReplayException(message, true);
    }

    static ReplayException refused(String message) {
        return new ReplayException(message, false);
    }

    /// Whether something that must run does not answer.
    public boolean isUnreachable() {
        return unreachable;
    }
}
