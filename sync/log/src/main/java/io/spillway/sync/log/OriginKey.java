package io.spillway.sync.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// Reads the origin's Ed25519 keys from PEM files.
final class OriginKey {
    static final String ALGORITHM = "Ed25519";

    private OriginKey() {}

    static PrivateKey privateKey(Path file) throws IOException {
        var der = der(file, "PRIVATE KEY");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(wrongKey(file, "private"), e);
        }
    }

    static PublicKey publicKey(Path file) throws IOException {
        var der = der(file, "PUBLIC KEY");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(wrongKey(file, "public"), e);
        }
    }

    private static byte[] der(Path file, String label) throws IOException {
        var pem = Files.readString(file);
        var begin = "-----BEGIN " + label + "-----";
        var end = "-----END " + label + "-----";
        var from = pem.indexOf(begin);
        var to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(
                    "'%s' holds no '%s' block; expected a PEM file of the origin key"
                            .formatted(file, label));
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IOException("the '%s' block of '%s' is not base64".formatted(label, file), e);
        }
    }

    private static String wrongKey(Path file, String kind) {
        return "'%s' does not hold an Ed25519 %s key; make one with 'openssl genpkey -algorithm ed25519'"
                .formatted(file, kind);
    }
}
