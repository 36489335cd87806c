package io.spillway.api.connector;

import java.time.Instant;
import java.util.OptionalDouble;

/// The load that one model server reported at one moment.
///
/// @param running requests it is working on
/// @param waiting requests that wait for capacity (not those it defers on purpose)
/// @param cacheUsed share of the KV cache in use, 0.0 to 1.0; empty when it does not say
/// @param asleep whether the engine sleeps: its zeros do not mean idle then
/// @param readAt when the server answered, not when we parsed
public record LoadReport(
        int running, int waiting, OptionalDouble cacheUsed, boolean asleep, Instant readAt) {

    public LoadReport {
        if (running < 0 || waiting < 0) {
            throw new IllegalArgumentException(
                    "load report has running=%d, waiting=%d; expected both >= 0"
                            .formatted(running, waiting));
        }
    }
}
