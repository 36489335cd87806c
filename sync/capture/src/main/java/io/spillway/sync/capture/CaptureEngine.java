package io.spillway.sync.capture;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/// One run of the Debezium engine over the outbox.
final class CaptureEngine implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CaptureEngine.class.getName());

    private final Consumer<OutboxRow> rows;
    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean polling;
    private volatile @Nullable String failure;

    CaptureEngine(CaptureSettings settings, String slot, Path offsets, Consumer<OutboxRow> rows) {
        this.rows = rows;
        this.engine =
                DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                        .using(properties(settings, slot, offsets))
                        .using(
                                new DebeziumEngine.ConnectorCallback() {
                                    @Override
                                    public void pollingStarted() {
                                        polling = true;
                                    }
                                })
                        .using(this::completed)
                        .notifying(this::take)
                        .build();
    }

    private static Properties properties(CaptureSettings settings, String slot, Path offsets) {
        var properties = new Properties();
        properties.setProperty("name", slot);
        properties.setProperty(
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty(
                "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        properties.setProperty("offset.storage.file.filename", offsets.toString());
        properties.setProperty("offset.flush.interval.ms", "1000");
        properties.setProperty("topic.prefix", slot);
        properties.setProperty("database.hostname", settings.host());
        properties.setProperty("database.port", Integer.toString(settings.port()));
        properties.setProperty("database.dbname", settings.database());
        properties.setProperty("database.user", settings.user());
        properties.setProperty("database.password", settings.password());
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", slot);
        properties.setProperty("publication.name", "spillway_outbox");
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", "public.outbox");
        // What was there before is in the registry tables, from which the feed starts.
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("poll.interval.ms", Long.toString(settings.poll().toMillis()));
        // Other tables write much more; the slot would hold all their log unless the driver
        // confirms what brings no event.
        properties.setProperty("lsn.flush.mode", "connector_and_driver");
        // So after a crash the slot can be ahead of the saved position, and the engine would refuse
        // to start for ever. The slot is right: what it has passed is pulled from the outbox.
        properties.setProperty("offset.mismatch.strategy", "trust_slot");
        properties.setProperty("heartbeat.interval.ms", "5000");
        properties.setProperty("provide.transaction.metadata", "false");
        properties.setProperty("tombstones.on.delete", "false");
        // After a crash the server may take a moment to notice that the slot's reader is gone.
        properties.setProperty("slot.max.retries", "20");
        properties.setProperty("slot.retry.delay.ms", "500");
        // The supervisor starts the engine again; its own retries would only hide the reason.
        properties.setProperty("errors.max.retries", "0");
        return properties;
    }

    void start() {
        Thread.ofPlatform().name("capture-engine").daemon().start(engine);
    }

    /// Whether the engine has not ended.
    boolean runs() {
        return ended.getCount() > 0;
    }

    /// Whether it reads the log.
    boolean reads() {
        return polling && runs();
    }

    /// Why it ended; empty when it did not or was told to.
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void completed(boolean success, @Nullable String message, @Nullable Throwable error) {
        if (!success) {
            failure = "the capture ended: " + message;
            LOG.log(Level.WARNING, "capture: {0}", failure);
        }
        ended.countDown();
    }

    private void take(
            List<RecordChangeEvent<SourceRecord>> events,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        for (var event : events) {
            var row = row(event.record());
            if (row != null) {
                rows.accept(row);
            }
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    /// The outbox row of an event; null for heartbeats.
    private static @Nullable OutboxRow row(SourceRecord event) {
        if (!(event.value() instanceof Struct value) || value.schema().field("after") == null) {
            return null;
        }
        var after = value.getStruct("after");
        return after == null
                ? null
                : new OutboxRow(
                        after.getString("origin"),
                        after.getInt64("epoch"),
                        after.getInt64("seq"),
                        after.getString("payload"),
                        after.getString("digest"));
    }

    @Override
    public void close() throws IOException {
        if (runs()) {
            engine.close();
        }
        try {
            if (!ended.await(20, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "capture: the engine did not end in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
