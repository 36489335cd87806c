package io.spillway.sync.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/// Signs frames in the name of the origin. Safe for use by many threads.
public final class FrameSigner {
    private final PrivateKey key;

    public FrameSigner(PrivateKey key) {
        this.key = key;
    }

    /// A signer with the Ed25519 private key of a PEM file (`BEGIN PRIVATE KEY`, PKCS #8).
    ///
    /// @throws IOException when the file cannot be read or holds no such key
    public static FrameSigner fromPem(Path file) throws IOException {
        return new FrameSigner(OriginKey.privateKey(file));
    }

    /// The frame's JSON text with its signature.
    public SignedLine sign(Frame frame) {
        var payload = Json.writeAs(frame, Frame.class);
        try {
            var signature = Signature.getInstance(OriginKey.ALGORITHM);
            signature.initSign(key);
            signature.update(payload.getBytes(StandardCharsets.UTF_8));
            return new SignedLine(payload, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the origin key cannot sign: " + e.getMessage(), e);
        }
    }
}
