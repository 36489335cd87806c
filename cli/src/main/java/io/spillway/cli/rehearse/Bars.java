package io.spillway.cli.rehearse;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/// Progress on the error stream, so that the answer on the other one stays clean.
final class Bars {
    private Bars() {}

    static ProgressBar overBytes(String task, long bytes) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(bytes)
                .setUnit(" MB", 1 << 20)
                .setUpdateIntervalMillis(200)
                .build();
    }
}
