package io.spillway.sync.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/// Checks that frames come from the origin. Safe for use by many threads.
public final class FrameVerifier {
    private final PublicKey key;

    public FrameVerifier(PublicKey key) {
        this.key = key;
    }

    /// A verifier with the Ed25519 public key of a PEM file (`BEGIN PUBLIC KEY`).
    ///
    /// @throws IOException when the file cannot be read or holds no such key
    public static FrameVerifier fromPem(Path file) throws IOException {
        return new FrameVerifier(OriginKey.publicKey(file));
    }

    /// The frame of a line whose signature holds.
    public Checked check(String line) {
        try {
            var signed = SignedLine.parse(line);
            if (!holds(signed)) {
                return new Checked.Forged("the signature does not match the origin key");
            }
            return new Checked.Genuine(Json.read(signed.payload(), Frame.class));
        } catch (MalformedJsonException e) {
            return new Checked.Forged(String.valueOf(e.getMessage()));
        }
    }

    private boolean holds(SignedLine line) {
        try {
            var signature = Signature.getInstance(OriginKey.ALGORITHM);
            signature.initVerify(key);
            signature.update(line.payload().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(line.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // A signature of the wrong length or alphabet is no signature of ours.
            return false;
        }
    }

    /// What became of a line.
    public sealed interface Checked {

        /// It comes from the origin.
        record Genuine(Frame frame) implements Checked {}

        /// It does not, or it is no frame.
        record Forged(String reason) implements Checked {}
    }
}
