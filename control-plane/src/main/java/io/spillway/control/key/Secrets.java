package io.spillway.control.key;

import io.spillway.control.ControlConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes secrets of API keys and their hashes: HMAC-SHA-256 over the secret's UTF-8 bytes, keyed
/// with the text of the pepper file without surrounding blanks.
@ApplicationScoped
class Secrets {
    private static final String PREFIX = "sk-spw-";
    private static final int SHORTEST_PEPPER = 32;

    private final SecureRandom random = new SecureRandom();
    private final ControlConfig config;

    Secrets(ControlConfig config) {
        this.config = config;
    }

    /// A fresh secret of 256 random bits.
    String fresh() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A fresh public id.
    String freshId() {
        var bytes = new byte[5];
        random.nextBytes(bytes);
        return "key-" + HexFormat.of().formatHex(bytes);
    }

    /// The hash to keep.
    ///
    /// @throws IOException when there is no usable pepper
    String hash(String secret) throws IOException {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private byte[] pepper() throws IOException {
        var pepper = Files.readString(config.pepperFile()).strip();
        if (pepper.length() < SHORTEST_PEPPER) {
            throw new IOException(
                    "pepper file '%s' holds %d characters; expected at least %d random ones"
                            .formatted(config.pepperFile(), pepper.length(), SHORTEST_PEPPER));
        }
        return pepper.getBytes(StandardCharsets.UTF_8);
    }
}
