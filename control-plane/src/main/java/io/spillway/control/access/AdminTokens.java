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

/// The tokens of the admin REST, one for each role: 256 random bits in a file that only its owner
/// may read, and a hash in Postgres.
///
/// The file rules: what it holds at start is the token; delete file and hash to get a new one.
/// Without a file the token of an earlier start stays valid. A plain SHA-256 is enough because the
/// token is random: there is nothing to guess.
@ApplicationScoped
public class AdminTokens {
    private static final Logger LOG = Logger.getLogger(AdminTokens.class);
    private static final int SHORTEST = 32;

    private final Database database;
    private final Path adminFile;
    private final Optional<Path> operatorFile;
    private volatile List<Token> tokens = List.of();

    AdminTokens(Database database, ControlConfig config) {
        this.database = database;
        this.adminFile = config.adminTokenFile();
        this.operatorFile = config.operatorTokenFile();
    }

    void start(@Observes @Priority(100) StartupEvent event) throws IOException {
        start(Role.ADMIN, adminFile);
        if (operatorFile.isPresent()) {
            start(Role.OPERATOR, operatorFile.get());
        }
        tokens = stored();
    }

    private void start(Role role, Path file) throws IOException {
        if (Files.exists(file)) {
            store(role, read(file));
        } else if (stored().stream().noneMatch(it -> it.admin().role() == role)) {
            var token = random(role);
            write(file, token);
            store(role, token);
            LOG.infof("%s token written to %s", role.wire(), file);
        }
    }

    /// Whose token it is, when it is valid. Takes the same time for every wrong token.
    Optional<Admin> authenticate(String presented) {
        var hash = hash(presented);
        var found = Optional.<Admin>empty();
        for (var token : tokens) {
            if (MessageDigest.isEqual(token.hash(), hash)) {
                found = Optional.of(token.admin());
            }
        }
        return found;
    }

    /// An operator token whose file is no longer named in the settings opens nothing.
    private List<Token> stored() {
        return database
                .query(
                        "SELECT name, hash FROM admin_token ORDER BY name",
                        row -> token(row.getString("name"), row.getString("hash")))
                .stream()
                .flatMap(Optional::stream)
                .filter(it -> it.admin().role() == Role.ADMIN || operatorFile.isPresent())
                .toList();
    }

    private static Optional<Token> token(String name, String hash) {
        return Role.of(name)
                .map(role ->
                        new Token(
                                new Admin(name + "-" + hash.substring(0, 8), role),
                                HexFormat.of().parseHex(hash)));
    }

    private void store(Role role, String token) {
        database.execute(
                "INSERT INTO admin_token (name, hash) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                        + " SET hash = excluded.hash, created_at = now() WHERE admin_token.hash <>"
                        + " excluded.hash",
                role.wire(),
                HexFormat.of().formatHex(hash(token)));
    }

    private static String read(Path file) throws IOException {
        var token = Files.readString(file).strip();
        if (token.length() < SHORTEST) {
            throw new IOException(
                    "token file '%s' holds %d characters; expected at least %d random ones. Delete the file to have a new token written, or put one there"
                            .formatted(file, token.length(), SHORTEST));
        }
        return token;
    }

    private static void write(Path file, String token) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, token + "\n", StandardOpenOption.WRITE);
    }

    private static String random(Role role) {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "spw-"
                + role.wire()
                + "-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
    /// @param admin who it makes of its holder
    @SuppressWarnings("ArrayRecordComponent") // compared with MessageDigest.isEqual only
    private record Token(Admin admin, byte[] hash) {}
}
