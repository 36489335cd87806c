package io.spillway.sync.capture;

import static io.spillway.sync.capture.Objects.environment;
import static io.spillway.sync.capture.Objects.put;
import static io.spillway.sync.capture.Objects.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.journal.Journal;
import io.spillway.sync.log.journal.Settings;
import io.spillway.sync.log.link.ControlPlane;
import io.spillway.sync.log.link.JournalShipper;
import io.spillway.sync.log.link.MutualTls;
import io.spillway.sync.log.link.Pace;
import io.spillway.sync.log.link.ReplicaLink;
import io.spillway.sync.log.replica.Replica;
import io.spillway.sync.log.replica.SnapshotStore;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Registry, capture, feed, TLS link, replica; and the journal the other way.
class LoopTest {
    @TempDir Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void changesReachTheRouterAndItsJournalReachesTheLedgerThroughRestartsOfTheListener()
            throws Exception {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var database = Database.create();
        var origin = "loop-" + System.nanoTime();
        var store = new RegistryStore(database.source(), origin);
        store.change(_ -> put(environment("onprem", DataClass.RESTRICTED)));
        var feed =
                with(
                        new ChangeFeed(
                                database.source(),
                                origin,
                                new FrameSigner(keys.getPrivate()),
                                InstantSource.system(),
                                FeedSettings.DEFAULT));
        feed.start();
        var capture =
                with(
                        new Capture(
                                database.capture(directory.resolve("control")),
                                origin,
                                feed::offer));
        capture.start();
        Await.until("capture reads", () -> capture.status().reading());
        var pki = new TestPki(directory);
        var server = new SyncServer(pki, feed, new JournalIntake(database.source()), 0);

        var control = with(control(pki, server.port()));
        var replica = new Replica(_ -> {});
        var verifier = new FrameVerifier(keys.getPublic());
        var link =
                with(
                        new ReplicaLink(
                                control,
                                replica,
                                verifier,
                                SnapshotStore.open(directory.resolve("router"), verifier),
                                InstantSource.system(),
                                Pace.standard(new Random(1))));
        link.start();
        Await.until("first state", () -> replica.state().watermark().seq() == 1);

        var latencies = new Latencies();
        for (var i = 0; i < 100; i++) {
            var name = "t" + i % 20;
            var start = System.nanoTime();
            var seq = store.change(_ -> put(tenant(name))).orElseThrow().seq();
            latencies.add(start, () -> replica.state().watermark().seq() >= seq);
        }
        System.out.println("change to router over TLS, 100 changes: " + latencies);
        assertThat(latencies.percentile(99)).isLessThan(Duration.ofSeconds(5));
        assertThat(feed.status().gaps()).isZero();

        var journal =
                with(
                        Journal.open(
                                directory.resolve("journal"),
                                "router-1",
                                Settings.DEFAULT,
                                InstantSource.system()));
        var shipper = with(new JournalShipper(control, journal, _ -> {}, new Random(2)));
        shipper.start();
        write(journal, 0, 300);
        server.close();
        write(journal, 300, 600);
        store.change(_ -> put(tenant("while-away")));
        with(new SyncServer(pki, feed, new JournalIntake(database.source()), server.port()));

        Await.until("journal home", () -> journal.stats().acknowledged() == 1200);
        Await.until("state caught up", () -> replica.state().tenants().containsKey("while-away"));
        assertThat(
                        database.number(
                                "select count(*) from ledger_entry where state = 'settled' and"
                                        + " settled_nanos = 7"))
                .isEqualTo(600);
        assertThat(database.number("select count(*) from ledger_entry")).isEqualTo(600);
        Await.until("beacon", () -> link.status().lastBeaconAt() != null);
        assertThat(replica.age(Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    private static void write(Journal journal, int from, int to) {
        for (var i = from; i < to; i++) {
            var attempt = "d" + i + "/1";
            journal.append(
                    new JournalRecord.Reserved(
                            Instant.now(),
                            attempt,
                            "d" + i,
                            "acme",
                            "k1",
                            "chat",
                            new PoolKey("aws-burst", "chat-v1"),
                            "public",
                            "e1",
                            new Money(9, "EUR")));
            journal.append(
                    new JournalRecord.Settled(
                            Instant.now(), attempt, "ok", 1, 2, new Money(7, "EUR"), false));
        }
    }

    private static ControlPlane control(TestPki pki, int port) throws Exception {
        return new ControlPlane(
                URI.create("https://127.0.0.1:" + port),
                MutualTls.context(
                        pki.keyStore("CN=router-1,OU=onprem"), pki.trustStore(), pki.password()));
    }

    private <T extends AutoCloseable> T with(T closeable) {
        open.add(closeable);
        return closeable;
    }
}
