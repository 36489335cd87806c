package io.spillway.control.access;

import io.quarkus.runtime.StartupEvent;
import io.spillway.control.ControlConfig;
import io.spillway.control.database.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// The admin token: 256 random bits in a file that only its owner may read, and a hash in Postgres.
///
/// The file rules: what it holds at start is the token; delete file and hash to get a new one.
/// Without a file the token of an earlier start stays valid. A plain SHA-256 is enough because the
/// token is random: there is nothing to guess.
@ApplicationScoped
public class AdminTokens {
    private static final Logger LOG = Logger.getLogger(AdminTokens.class);
    private static final String NAME = "admin";
    private static final int SHORTEST = 32;

    private final Database database;
    private final Path file;
    private volatile List<Token> tokens = List.of();

    AdminTokens(Database database, ControlConfig config) {
        this.database = database;
        this.file = config.adminTokenFile();
    }

    void start(@Observes @Priority(100) StartupEvent event) throws IOException {
        var known = stored();
        if (Files.exists(file)) {
            store(read());
        } else if (known.isEmpty()) {
            var token = random();
            write(token);
            store(token);
            LOG.infof("admin token written to %s", file);
        }
        tokens = stored();
    }

    /// The id of a token, when it is valid. Takes the same time for every wrong token.
    public Optional<String> authenticate(String presented) {
        var hash = hash(presented);
        var found = Optional.<String>empty();
        for (var token : tokens) {
            if (MessageDigest.isEqual(token.hash(), hash)) {
                found = Optional.of(token.id());
            }
        }
        return found;
    }

    private List<Token> stored() {
        return database.query(
                "SELECT name, hash FROM admin_token ORDER BY name",
                row -> {
                    var hash = row.getString("hash");
                    return new Token(
                            row.getString("name") + "-" + hash.substring(0, 8),
                            HexFormat.of().parseHex(hash));
                });
    }

    private void store(String token) {
        database.execute(
                "INSERT INTO admin_token (name, hash) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                        + " SET hash = excluded.hash, created_at = now() WHERE admin_token.hash <>"
                        + " excluded.hash",
                NAME,
                HexFormat.of().formatHex(hash(token)));
    }

    private String read() throws IOException {
        var token = Files.readString(file).strip();
        if (token.length() < SHORTEST) {
            throw new IOException(
                    "admin token file '%s' holds %d characters; expected at least %d random ones. Delete the file to have a new token written, or put one there"
                            .formatted(file, token.length(), SHORTEST));
        }
        return token;
    }

    private void write(String token) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, token + "\n", StandardOpenOption.WRITE);
    }

    private static String random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "spw-admin-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// A known token.
    ///
    /// @param id what the audit calls it
    @SuppressWarnings("ArrayRecordComponent") // compared with MessageDigest.isEqual only
    private record Token(String id, byte[] hash) {}
}
