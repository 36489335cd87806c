package io.spillway.api.connector;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules that a token and a token file must meet.
final class TokenText {
    private static final int MOST_BYTES = 16 * 1024;

    /// A group may read: that is how container platforms hand secrets to a process of its own user.
    private static final Set<PosixFilePermission> TOO_OPEN =
            Set.of(GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE);

    private TokenText() {}

    static String read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException(
                    "token file '%s' does not exist or is no regular file".formatted(path));
        }
        if (!Collections.disjoint(Files.getPosixFilePermissions(path), TOO_OPEN)) {
            throw new IOException(
                    "token file '%s' is open to others; run: chmod 600 '%s'".formatted(path, path));
        }
        try (var in = Files.newInputStream(path)) {
            var bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(
                        "token file '%s' has more than %d bytes; it must hold the token alone"
                                .formatted(path, MOST_BYTES));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// The token without surrounding blanks and line ends, fit for an HTTP header.
    static String check(TokenRef ref, @Nullable String text) throws IOException {
        if (text == null) {
            throw new IOException(
                    "%s is not set in the environment of this process".formatted(ref));
        }
        var token = text.strip();
        if (token.isEmpty()) {
            throw new IOException("%s is empty; it must hold the token".formatted(ref));
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IOException(
                    "%s holds blanks, line ends or characters beyond ASCII; it must hold one token and nothing else"
                            .formatted(ref));
        }
        return token;
    }
}
