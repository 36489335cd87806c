package io.spillway.sync.log.replica;

import io.spillway.api.state.Beacon;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import io.spillway.sync.log.disk.LocalKey;
import io.spillway.sync.log.disk.SealedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A replica's state on the disk, so that a router serves after its own restart with the control
/// plane gone.
///
/// Encrypted with a key of this router alone. The newest state ever saved is recorded in a second
/// file, so that an older copy put in its place is refused. One process at a time may use a
/// directory. Not for use by several threads at once.
public final class SnapshotStore {
    private final FrameVerifier verifier;
    private final SealedFile snapshot;
    private final SealedFile mark;

    private SnapshotStore(FrameVerifier verifier, SealedFile snapshot, SealedFile mark) {
        this.verifier = verifier;
        this.snapshot = snapshot;
        this.mark = mark;
    }

    /// Opens the store in a directory, which is created together with the key when absent.
    public static SnapshotStore open(Path directory, FrameVerifier verifier) throws IOException {
        Files.createDirectories(directory);
        var key = LocalKey.open(directory.resolve("snapshot.key"));
        return new SnapshotStore(
                verifier,
                new SealedFile(directory.resolve("snapshot"), key),
                new SealedFile(directory.resolve("snapshot.mark"), key));
    }

    /// Saves a state; on return it is on the disk.
    ///
    /// @param beaconLine the signed line of the last beacon that confirmed this state or one before
    ///   it, null when there was none
    public void save(Frame.Snapshot state, @Nullable String beaconLine) throws IOException {
        var content = new Content(state, beaconLine);
        var next = new Mark(state.watermark(), beaconTime(beaconLine));
        if (mark.read().isEmpty()) {
            mark.write(bytes(new Mark(new Watermark(state.watermark().origin(), 0, 0), null)));
        }
        // The snapshot goes first: a crash in between leaves one that is newer than its record, the
        // other order one that would be refused.
        snapshot.write(bytes(content));
        mark.write(bytes(next));
    }

    /// What the disk holds.
    public Loaded load() {
        try {
            var sealed = snapshot.read();
            if (sealed.isEmpty()) {
                return new Loaded.Absent();
            }
            var recorded = mark.read();
            if (recorded.isEmpty()) {
                return new Loaded.Refused("the record of the newest snapshot is missing");
            }
            return check(
                    Json.read(text(sealed.get()), Content.class),
                    Json.read(text(recorded.get()), Mark.class));
        } catch (IOException | MalformedJsonException e) {
            return new Loaded.Refused(String.valueOf(e.getMessage()));
        }
    }

    private Loaded check(Content content, Mark recorded) {
        var at = content.snapshot().watermark();
        if (recorded.isNewerThan(new Mark(at, beaconTime(content.beaconLine())))) {
            return new Loaded.Refused(
                    "the snapshot at %d is older than the newest saved, %d"
                            .formatted(at.seq(), recorded.watermark().seq()));
        }
        var beacon = beacon(content.beaconLine());
        if (content.beaconLine() != null && beacon.isEmpty()) {
            return new Loaded.Refused("the origin did not sign the beacon of the snapshot");
        }
        return new Loaded.Present(content.snapshot(), beacon.orElse(null), content.beaconLine());
    }

    private @Nullable Instant beaconTime(@Nullable String line) {
        return beacon(line).map(Beacon::time).orElse(null);
    }

    private Optional<Beacon> beacon(@Nullable String line) {
        return line != null
                        && verifier.check(line)
                                instanceof FrameVerifier.Checked.Genuine(Frame.Pulse(var beacon))
                ? Optional.of(beacon)
                : Optional.empty();
    }

    private static byte[] bytes(Object value) {
        return Json.write(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// What a store holds.
    public sealed interface Loaded {

        /// A state that is authentic and the newest saved.
        ///
        /// @param beacon the last beacon that confirmed it, null when there was none
        /// @param beaconLine the line the beacon came in
        record Present(Frame.Snapshot state, @Nullable Beacon beacon, @Nullable String beaconLine)
                implements Loaded {}

        /// Nothing was ever saved.
        record Absent() implements Loaded {}

        /// There is something that must not be used.
        record Refused(String reason) implements Loaded {}
    }

    record Content(Frame.Snapshot snapshot, @Nullable String beaconLine) {}

    record Mark(Watermark watermark, @Nullable Instant beaconTime) {
        boolean isNewerThan(Mark other) {
            if (watermark.epoch() != other.watermark.epoch()) {
                return watermark.epoch() > other.watermark.epoch();
            }
            if (watermark.seq() != other.watermark.seq()) {
                return watermark.seq() > other.watermark.seq();
            }
            return beaconTime != null
                    && (other.beaconTime == null || beaconTime.isAfter(other.beaconTime));
        }
    }
}
