package io.spillway.router.balancing;

import io.spillway.api.connector.LoadReport;
import java.time.Duration;

/// How many requests may be at one endpoint. It follows the server: work should wait here, where
/// order and fairness can still be kept, and not there.
///
/// Additive increase, multiplicative decrease, once per reading. A little may wait at the server (a
/// tenth of what runs, at least one), so that it never idles between two readings. When more than
/// twice that waits, the limit falls by a fifth towards what really runs; when no more than that
/// waits and the limit is nearly used, it grows by a fifth. A refusal for load cuts it by three
/// tenths, at most once a second. Servers without readings grow by one per limit's worth of good
/// answers.
final class SlotLimit {
    private static final double NEARLY = 0.9;
    private static final double CACHE_FULL = 0.9;
    private static final long CUT_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final int least;
    private final int most;
    private double limit;
    private long lastCut;
    private boolean wasCut;

    SlotLimit(int start, int least, int most) {
        this.least = least;
        this.most = most;
        this.limit = start;
    }

    int slots() {
        return (int) limit;
    }

    void read(LoadReport report, int occupied) {
        int slack = Math.max(1, report.running() / 10);
        if (report.waiting() > 2 * slack) {
            move(Math.min(limit, Math.max(report.running() + 2 * slack, 0.8 * limit)));
        } else if (report.waiting() <= slack
                && occupied >= NEARLY * limit
                && report.cacheUsed().orElse(0.0) < CACHE_FULL) {
            move(limit + Math.max(1.0, 0.2 * limit));
        }
    }

    void answered(int occupied) {
        if (occupied >= NEARLY * limit) {
            move(limit + 1.0 / limit);
        }
    }

    void refused(long now) {
        if (!wasCut || now - lastCut >= CUT_PAUSE_NANOS) {
            wasCut = true;
            lastCut = now;
            move(0.7 * limit);
        }
    }

    private void move(double to) {
        limit = Math.clamp(to, least, most);
    }
}
