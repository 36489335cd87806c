package io.spillway.testbed.replay;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What to replay against which stack.
///
/// @param stateDir the running stack's `.spillway` directory
/// @param trace a CSV file `TIMESTAMP,ContextTokens,GeneratedTokens`, null for the slice shipped
/// @param speed how much faster than recorded requests arrive; nothing else is sped up
/// @param sensitive share of sensitive requests, 0.0 to 1.0
/// @param load offered load in the busiest minute as a multiple of private capacity
/// @param model the model to call, null for the first that may spill
/// @param seed decides labels and prompts; the same seed gives the same requests
public record ReplayOptions(
        Path stateDir,
        @Nullable Path trace,
        double speed,
        double sensitive,
        double load,
        @Nullable String model,
        long seed) {

    /// Private capacity is 60 % of the busiest minute.
    public static final double DEFAULT_LOAD = 1 / 0.6;

    public ReplayOptions {
        if (!(speed > 0) || !(sensitive >= 0 && sensitive <= 1) || !(load > 0)) {
            throw new IllegalArgumentException(
                    "speed is %s, sensitive is %s, load is %s; expected speed > 0, 0.0 <= sensitive <= 1.0, load > 0"
                            .formatted(speed, sensitive, load));
        }
    }

    /// The shipped slice at speed 60 with 30 % sensitive requests.
    public static ReplayOptions of(Path stateDir) {
        return new ReplayOptions(stateDir, null, 60, 0.3, DEFAULT_LOAD, null, 1);
    }
}
