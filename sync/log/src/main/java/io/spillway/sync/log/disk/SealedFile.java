package io.spillway.sync.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// A file encrypted and authenticated with AES-256-GCM, replaced atomically.
///
/// The layout is a magic of eight bytes, a nonce of twelve, then the ciphertext with its tag. The
/// file's name is authenticated too, so that one sealed file cannot be put in the place of another.
public final class SealedFile {
    private static final byte[] MAGIC = "SPWSEAL1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final LocalKey key;
    private final SecureRandom random = new SecureRandom();

    public SealedFile(Path file, LocalKey key) {
        this.file = file;
        this.key = key;
    }

    /// Replaces the content; on return it is on the disk.
    public void write(byte[] content) throws IOException {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot encrypt '%s'".formatted(file), e);
        }
        var whole = ByteBuffer.allocate(MAGIC.length + NONCE + sealed.length);
        DurableFile.replace(file, whole.put(MAGIC).put(nonce).put(sealed).array());
    }

    /// The content, or empty when the file does not exist.
    ///
    /// @throws IOException when the file cannot be read, was changed, or was sealed by another key
    public Optional<byte[]> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var bytes = Files.readAllBytes(file);
        var head = MAGIC.length + NONCE;
        if (bytes.length < head || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("'%s' is not a sealed file".formatted(file));
        }
        var nonce = Arrays.copyOfRange(bytes, MAGIC.length, head);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, nonce);
            return Optional.of(cipher.doFinal(bytes, head, bytes.length - head));
        } catch (GeneralSecurityException e) {
            throw new IOException("'%s' was changed or sealed with another key".formatted(file), e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(MAGIC);
        cipher.updateAAD(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
