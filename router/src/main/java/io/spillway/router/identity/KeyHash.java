package io.spillway.router.identity;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keyed hash of API keys: HMAC-SHA-256 under the installation's pepper. Not thread-safe; each
/// event loop has its own.
public final class KeyHash {
    private static final HexFormat HEX = HexFormat.of();

    private final Mac mac;

    public KeyHash(byte[] pepper) {
        if (pepper.length < 16) {
            throw new IllegalArgumentException(
                    "the pepper has %d bytes; expected at least 16".formatted(pepper.length));
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA-256", e);
        }
    }

    /// The hash as 64 lower-case hex digits.
    public String of(String secret) {
        return HEX.formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
