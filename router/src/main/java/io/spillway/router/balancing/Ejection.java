package io.spillway.router.balancing;

import java.time.Duration;

/// Takes an endpoint out after five failures in a row and lets it back through one trial.
///
/// The n-th ejection in a row lasts n times 30 s, at most five minutes. Whether one more endpoint
/// may go is for the pool to say: never more than half of it.
final class Ejection {
    private static final int FAILURES = 5;
    private static final long UNIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MOST_UNITS = 10;

    private int failures;
    private int ejections;
    private boolean ejected;
    private long until;
    private boolean trialRunning;

    /// Whether it is out or on trial.
    boolean ejected() {
        return ejected;
    }

    /// Whether it may get a request: it is in, or its time is over and no trial runs.
    boolean accepts(long now) {
        return !ejected || (now - until >= 0 && !trialRunning);
    }

    /// A request was sent there.
    ///
    /// @return whether it is the trial
    boolean sent() {
        boolean trial = ejected && !trialRunning;
        trialRunning |= trial;
        return trial;
    }

    /// A request ended well enough.
    void succeeded(boolean trial) {
        failures = 0;
        if (trial) {
            trialRunning = false;
            ejected = false;
            ejections = 0;
        }
    }

    /// A request ended without saying anything about the endpoint.
    void endedSilently(boolean trial) {
        trialRunning &= !trial;
    }

    /// A request failed.
    ///
    /// @param mayEject whether the pool can spare the endpoint
    void failed(boolean trial, boolean mayEject, long now) {
        failures++;
        trialRunning &= !trial;
        if (trial || (!ejected && failures >= FAILURES && mayEject)) {
            ejected = true;
            ejections = Math.min(ejections + 1, MOST_UNITS);
            failures = 0;
            until = now + ejections * UNIT_NANOS;
        }
    }
}
