package io.spillway.sync.log.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Money;
import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.journal.Journal;
import io.spillway.sync.log.journal.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalShipperTest {

    @Test
    void shipsAgainUntilTheControlPlaneHasAcknowledged(@TempDir Path directory) throws Exception {
        var pki = new TestPki(directory);
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var tls =
                MutualTls.context(
                        pki.keyStore("CN=router-1,OU=onprem"), pki.trustStore(), pki.password());
        var tries = new AtomicInteger();
        var kept = new CopyOnWriteArrayList<JournalRecord.Batch>();
        try (var server = new FakeControlPlane(tls, new FrameSigner(keys.getPrivate()));
                var control = new ControlPlane(server.url(), tls);
                var journal =
                        Journal.open(
                                directory.resolve("journal"),
                                "router-1",
                                Settings.DEFAULT,
                                InstantSource.system());
                var shipper = new JournalShipper(control, journal, kept::add, new Random(1))) {
            server.answerPosts(
                    _ -> tries.incrementAndGet() < 3 ? 503 : 200, "{\"acknowledged\":2}");
            journal.append(settled("a"));
            journal.append(settled("b"));

            shipper.start();
            ReplicaLinkTest.await(() -> journal.stats().acknowledged() == 2);
            ReplicaLinkTest.await(() -> shipper.problem() == null);

            assertThat(tries).hasValue(3);
            var batch =
                    Json.read(server.posted.getLast().split(" ", 3)[2], JournalRecord.Batch.class);
            assertThat(batch.records()).containsExactly(settled("a"), settled("b"));
            assertThat(batch.firstSeq()).isEqualTo(1);
            assertThat(kept).containsExactly(batch);
        }
    }

    @Test
    void forgetsNothingThatCouldNotBeKeptNorMoreThanWasKept(@TempDir Path directory)
            throws Exception {
        var pki = new TestPki(directory);
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var tls =
                MutualTls.context(
                        pki.keyStore("CN=router-1,OU=onprem"), pki.trustStore(), pki.password());
        var broken = new AtomicInteger(2);
        try (var server = new FakeControlPlane(tls, new FrameSigner(keys.getPrivate()));
                var control = new ControlPlane(server.url(), tls);
                var journal =
                        Journal.open(
                                directory.resolve("journal"),
                                "router-1",
                                Settings.DEFAULT,
                                InstantSource.system())) {
            var atTheTime = new CopyOnWriteArrayList<Long>();
            JournalShipper.Keeper keeper =
                    _ -> {
                        atTheTime.add(journal.stats().acknowledged());
                        if (broken.getAndDecrement() > 0) {
                            throw new IOException("no room on the disk");
                        }
                    };
            server.answerPosts(_ -> 200, "{\"acknowledged\":99}");
            journal.append(settled("a"));
            try (var shipper = new JournalShipper(control, journal, keeper, new Random(1))) {
                shipper.start();
                ReplicaLinkTest.await(() -> journal.stats().acknowledged() == 1);
            }

            assertThat(atTheTime).containsExactly(0L, 0L, 0L);
        }
    }

    private static JournalRecord settled(String attempt) {
        return new JournalRecord.Settled(
                Instant.EPOCH, attempt, "ok", 1, 2, new Money(3, "EUR"), false);
    }
}
