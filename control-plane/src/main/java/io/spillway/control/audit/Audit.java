package io.spillway.control.audit;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.control.database.Database;
import io.spillway.sync.log.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and reads the audit.
@ApplicationScoped
public class Audit {
    private static final String INSERT =
            "INSERT INTO audit (actor, action, kind, key, before_digest, after_digest, detail)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final Database database;

    Audit(Database database) {
        this.database = database;
    }

    /// Records a change of the registry in the transaction that makes it.
    ///
    /// @param before the object before, null when it is new
    /// @param after the object after, null when it is deleted
    public static void record(
            Connection connection,
            String actor,
            String action,
            String kind,
            String key,
            @Nullable RegistryObject before,
            @Nullable RegistryObject after)
            throws SQLException {
        Database.execute(
                connection, INSERT, actor, action, kind, key, digest(before), digest(after), "");
    }

    /// Records a call that changes something outside the registry, in the transaction that does.
    public static void note(
            Connection connection,
            String actor,
            String action,
            String kind,
            String key,
            String detail)
            throws SQLException {
        Database.execute(connection, INSERT, actor, action, kind, key, null, null, detail);
    }

    /// Records a call that does something outside Postgres, before it does.
    public void note(String actor, String action, String kind, String key, String detail) {
        database.execute(INSERT, actor, action, kind, key, null, null, detail);
    }

    /// Entries, newest first.
    ///
    /// @param before only entries with a smaller id, null for the newest
    List<AuditEntry> newest(int limit, @Nullable Long before) {
        return database.query(
                "SELECT id, at, actor, action, kind, key, before_digest, after_digest, detail FROM"
                        + " audit WHERE id < ? ORDER BY id DESC LIMIT ?",
                row ->
                        new AuditEntry(
                                row.getLong("id"),
                                Database.instant(row, "at"),
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("kind"),
                                row.getString("key"),
                                row.getString("before_digest"),
                                row.getString("after_digest"),
                                row.getString("detail")),
                before == null ? Long.MAX_VALUE : before,
                limit);
    }

    /// SHA-256 of an object's JSON. A key's hash is left out: the audit is read by people.
    private static @Nullable String digest(@Nullable RegistryObject object) {
        if (object == null) {
            return null;
        }
        var text =
                object instanceof ApiKey key
                        ? Json.write(key).replace(key.hash(), "")
                        : Json.write(object);
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
