package io.spillway.sync.capture;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameSigner;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One beacon for followers of each clearance.
///
/// @param number 1, 2, 3, ...
/// @param watermark the newest change set at that time
/// @param time when the outbox was seen to hold nothing newer
/// @param digests of what each clearance sees
record Pulse(long number, Watermark watermark, Instant time, Map<DataClass, String> digests) {

    Pulse {
        digests = Map.copyOf(digests);
    }

    /// The signed line; null when there was no follower of that clearance.
    @Nullable String line(DataClass clearance, FrameSigner signer) {
        var digest = digests.get(clearance);
        return digest == null
                ? null
                : signer.sign(new Frame.Pulse(new Beacon(watermark, digest, time))).toLine();
    }
}
