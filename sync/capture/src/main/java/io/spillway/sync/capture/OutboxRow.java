package io.spillway.sync.capture;

import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One row of the outbox.
///
/// @param origin the origin
/// @param epoch its epoch
/// @param seq number of the change set
/// @param payload JSON text of the change set
/// @param digest SHA-256 of the payload's UTF-8 bytes, 64 lower-case hex digits
public record OutboxRow(String origin, long epoch, long seq, String payload, String digest) {

    static OutboxRow of(ChangeSet changeSet) {
        var payload = Json.write(changeSet);
        return new OutboxRow(
                changeSet.origin(), changeSet.epoch(), changeSet.seq(), payload, sha256(payload));
    }

    Watermark watermark() {
        return new Watermark(origin, epoch, seq);
    }

    /// The change set.
    ///
    /// @throws IllegalStateException when the row is not what was written
    ChangeSet changeSet() {
        try {
            if (sha256(payload).equals(digest)) {
                var changeSet = Json.read(payload, ChangeSet.class);
                if (changeSet.origin().equals(origin)
                        && changeSet.epoch() == epoch
                        && changeSet.seq() == seq) {
                    return changeSet;
                }
            }
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(
                    "outbox row %d cannot be read: %s".formatted(seq, e.getMessage()), e);
        }
        throw new IllegalStateException("outbox row %d is not what was written".formatted(seq));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
