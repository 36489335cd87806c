package io.spillway.testbed.replay;

/// Hears how a replay comes along. Calls come one at a time.
public interface ProgressListener {

    /// What will be sent.
    void planned(Plan plan);

    /// One request has ended.
    ///
    /// @param ended requests ended so far
    /// @param spilled of those, served by a public zone
    /// @param shed of those, refused for now
    /// @param failed of those, failed
    void progressed(int ended, int spilled, int shed, int failed);

    /// All requests have ended; the records are being collected.
    void collecting();

    /// Hears nothing.
    static ProgressListener silent() {
        return new ProgressListener() {
            @Override
            public void planned(Plan plan) {}

            @Override
            public void progressed(int ended, int spilled, int shed, int failed) {}

            @Override
            public void collecting() {}
        };
    }
}
