package io.spillway.sync.log.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The key with which one router seals its own files. It never leaves the router's machine.
public final class LocalKey {
    private static final int BYTES = 32;
    private final SecretKey key;

    private LocalKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /// Reads the key, or makes it when the file does not exist.
    ///
    /// @throws IOException when the file is no key or others may read it
    public static LocalKey open(Path file) throws IOException {
        if (!Files.exists(file)) {
            var fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            DurableFile.create(file, fresh);
            DurableFile.syncDirectory(DurableFile.parent(file));
        }
        var permissions = Files.getPosixFilePermissions(file);
        if (!DurableFile.OWNER_ONLY.containsAll(permissions)) {
            throw new IOException(
                    "'%s' may be used by others than its owner; run 'chmod 600 %s'"
                            .formatted(file, file));
        }
        var bytes = Files.readAllBytes(file);
        if (bytes.length != BYTES) {
            throw new IOException(
                    "'%s' has %d bytes, expected %d; delete it and what was sealed with it"
                            .formatted(file, bytes.length, BYTES));
        }
        return new LocalKey(bytes);
    }

    SecretKey secret() {
        return key;
    }
}
