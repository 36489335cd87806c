package io.spillway.control.sync;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.spillway.control.ControlConfig;
import io.spillway.control.SyncConfig;
import io.spillway.control.capacity.LoadBoard;
import io.spillway.sync.capture.Capture;
import io.spillway.sync.capture.CaptureSettings;
import io.spillway.sync.capture.ChangeFeed;
import io.spillway.sync.capture.FeedSettings;
import io.spillway.sync.capture.JournalIntake;
import io.spillway.sync.log.FrameSigner;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs the origin's end of the sync link: capture, feed and listener, in this order up and in the
/// other down.
@ApplicationScoped
public class Origin {
    private static final Logger LOG = Logger.getLogger(Origin.class);

    private final ControlConfig control;
    private final SyncConfig sync;
    private final Config config;
    private final DataSource source;
    private final LoadBoard board;
    private final Vertx vertx;
    private volatile @Nullable Parts parts;

    Origin(
            ControlConfig control,
            SyncConfig sync,
            Config config,
            DataSource source,
            LoadBoard board,
            Vertx vertx) {
        this.control = control;
        this.sync = sync;
        this.config = config;
        this.source = source;
        this.board = board;
        this.vertx = vertx;
    }

    private record Parts(ChangeFeed feed, Capture capture, SyncListener listener) {}

    void start(@Observes @Priority(400) StartupEvent event) throws IOException, SQLException {
        if (sync.keyStore().isEmpty()) {
            LOG.warn(
                    "the sync link is off: set spillway.sync.key-store so that routers can follow");
            return;
        }
        var feed =
                new ChangeFeed(
                        source,
                        control.origin(),
                        FrameSigner.fromPem(required(sync.originKeyFile(), "origin-key-file")),
                        InstantSource.system(),
                        FeedSettings.DEFAULT);
        feed.start();
        var capture = new Capture(captureSettings(), control.origin(), feed::offer);
        capture.start();
        var listener =
                new SyncListener(
                        vertx,
                        new SyncListener.Identity(
                                required(sync.keyStore(), "key-store"),
                                required(sync.trustStore(), "trust-store"),
                                required(sync.passwordFile(), "password-file")),
                        new ReplicaCalls(feed, new JournalIntake(source), board));
        listener.listen(sync.host(), sync.port());
        parts = new Parts(feed, capture, listener);
        LOG.infof("sync link listens on %s:%d", sync.host(), listener.port());
    }

    void stop(@Observes ShutdownEvent event) {
        var running = parts;
        if (running != null) {
            running.listener().close();
            running.capture().close();
            running.feed().close();
        }
    }

    /// The feed, empty while the sync link is off.
    public Optional<ChangeFeed> feed() {
        return Optional.ofNullable(parts).map(Parts::feed);
    }

    /// How the capture fares, empty while the sync link is off.
    public Optional<Capture.Status> capture() {
        return Optional.ofNullable(parts).map(it -> it.capture().status());
    }

    /// The port that the listener is bound to, empty while the sync link is off.
    public Optional<Integer> port() {
        return Optional.ofNullable(parts).map(it -> it.listener().port());
    }

    private CaptureSettings captureSettings() {
        return CaptureSettings.of(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class),
                control.dataDir().toAbsolutePath().resolve("capture"));
    }

    private static Path required(Optional<Path> value, String key) {
        return value.orElseThrow(() ->
                new IllegalStateException(
                        "spillway.sync.key-store is set, so spillway.sync.%s must be too"
                                .formatted(key)));
    }
}
