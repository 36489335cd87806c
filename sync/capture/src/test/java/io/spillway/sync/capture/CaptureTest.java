package io.spillway.sync.capture;

import static io.spillway.sync.capture.Objects.environment;
import static io.spillway.sync.capture.Objects.put;
import static io.spillway.sync.capture.Objects.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.DataClass;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.replica.Replica;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real engine on a real Postgres.
class CaptureTest {
    @TempDir Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<OutboxRow> rows = new CopyOnWriteArrayList<>();
    private Database database;
    private RegistryStore store;
    private String origin;

    @BeforeEach
    void fillRegistry() throws Exception {
        database = Database.create();
        // Slots are the server's, not the database's: each test needs its own.
        origin = "Control-" + System.nanoTime();
        store = new RegistryStore(database.source(), origin);
        store.change(_ -> put(environment("onprem", DataClass.RESTRICTED)));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        var slot = capture("unused").status().slot();
        Await.until(
                "slot is free",
                () ->
                        database.number(
                                        "select count(*) from pg_replication_slots where active and slot_name = '%s'"
                                                .formatted(slot))
                                == 0);
        database.execute(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'"
                        .formatted(slot));
    }

    @Test
    void whatIsCommittedWhileNobodyReadsArrivesAfterTheRestart() throws Exception {
        var first = started("a");
        change("while it reads");
        Await.until("first row", () -> seqs().contains(2L));
        first.close();
        change("while it is away");

        started("a");
        Await.until("second row", () -> seqs().contains(3L));

        assertThat(rows.getLast().changeSet().seq()).isEqualTo(3);
    }

    @Test
    void onlyOneReadsAndAnotherTakesOverWhenItEnds() throws Exception {
        var first = started("a");
        var second = capture("b");
        open.add(second);
        second.start();
        Await.until("second waits", () -> second.status().problem() != null);
        assertThat(second.status().reading()).isFalse();

        first.close();

        Await.until("second reads", () -> second.status().reading());
        change("after the take-over");
        Await.until("row", () -> seqs().contains(2L));
    }

    /// What the two known restart-loss defects of the engine amount to: events of committed rows
    /// that never come. Here the slot is moved past them.
    @Test
    void rowsThatTheLogNeverDeliversStillReachTheReplicas() throws Exception {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var feed = feed(keys);
        var sink = new ReplicaSink(new Replica(_ -> {}), new FrameVerifier(keys.getPublic()));
        feed.subscribe("router-1", "onprem", 0, 0, sink);
        var capture = started("a", feed);
        change("delivered");
        Await.until("delivered", () -> sink.replica.state().watermark().seq() == 2);
        capture.close();
        change("lost-1");
        change("lost-2");
        skipTheLog(capture.status().slot());

        started("a", feed);
        change("after");
        Await.until("after", () -> sink.replica.state().watermark().seq() == 5);

        assertThat(rows.stream().map(OutboxRow::seq)).doesNotContain(3L, 4L);
        assertThat(sink.replica.state().tenants())
                .containsOnlyKeys("delivered", "lost-1", "lost-2", "after");
        Await.until("confirmed", () -> sink.confirmedAt(5));
        assertThat(feed.status().gaps()).isGreaterThan(0);
    }

    @Test
    void aSlotThatIsGoneIsMadeAnewAlthoughAPositionWasSaved() throws Exception {
        var capture = started("a");
        change("delivered");
        Await.until("delivered", () -> seqs().contains(2L));
        var position = directory.resolve("a/" + capture.status().slot() + ".offsets");
        Await.until("position saved", () -> Files.exists(position) && Files.size(position) > 0);
        capture.close();
        database.execute(
                "select pg_drop_replication_slot('%s')".formatted(capture.status().slot()));

        started("a");
        change("after");

        Await.until("after", () -> seqs().contains(3L));
    }

    /// What a crash leaves behind: the slot moves on at once, the position is saved later.
    @Test
    void aPositionThatTheSlotHasLeftBehindDoesNotEndTheReading() throws Exception {
        var capture = started("a");
        change("delivered");
        Await.until("delivered", () -> seqs().contains(2L));
        var position = directory.resolve("a/" + capture.status().slot() + ".offsets");
        Await.until(
                "position saved",
                () ->
                        Files.exists(position)
                                && Files.readString(position, StandardCharsets.ISO_8859_1)
                                        .contains("lsn_proc"));
        var saved = Files.readAllBytes(position);
        capture.close();
        // The slot's start of reading moves only past notes that the server takes of itself.
        database.execute("select pg_log_standby_snapshot()");
        skipTheLog(capture.status().slot());
        database.execute("select pg_log_standby_snapshot()");
        skipTheLog(capture.status().slot());
        Files.write(position, saved);
        started("a");
        change("after");

        Await.until("after", () -> seqs().contains(3L));
    }

    /// Routers' journals write far more than the registry; the slot must not hold their log.
    @Test
    void whatOtherTablesWriteIsNotHeldBackByTheSlot() throws Exception {
        var capture = started("a");
        change("first");
        Await.until("first", () -> seqs().contains(2L));

        database.execute(
                "create table bulk as select repeat('x', 500) as filler from generate_series(1,"
                        + " 20000)");

        var position = database.number("select pg_current_wal_lsn() - '0/0'::pg_lsn");
        Await.until(
                "slot moves on",
                () ->
                        database.number(
                                        "select confirmed_flush_lsn - '0/0'::pg_lsn from pg_replication_slots where slot_name = '%s'"
                                                .formatted(capture.status().slot()))
                                >= position);
    }

    @Test
    void theEngineIsStartedAgainWhenPostgresEndsItsConnections() throws Exception {
        started("a");

        database.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <>"
                        + " pg_backend_pid() and datname = current_database()");
        change("after");

        Await.until("after", () -> seqs().contains(2L));
    }

    @Test
    void aChangeReachesAReplicaWithinMilliseconds() throws Exception {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var feed = feed(keys);
        var sink = new ReplicaSink(new Replica(_ -> {}), new FrameVerifier(keys.getPublic()));
        feed.subscribe("router-1", "onprem", 0, 0, sink);
        started("a", feed);

        var latencies = new Latencies();
        for (var i = 0; i < 200; i++) {
            var start = System.nanoTime();
            var seq = change("t" + i % 20);
            latencies.add(start, () -> sink.replica.state().watermark().seq() >= seq);
        }

        System.out.println("change to replica, 200 changes: " + latencies);
        assertThat(latencies.percentile(99)).isLessThan(Duration.ofSeconds(5));
        assertThat(feed.status().gaps()).isZero();
    }

    private void skipTheLog(String slot) throws Exception {
        Await.until(
                "slot is free",
                () ->
                        database.number(
                                        "select count(*) from pg_replication_slots where active and slot_name = '%s'"
                                                .formatted(slot))
                                == 0);
        database.execute(
                "select pg_replication_slot_advance('%s', pg_current_wal_lsn())".formatted(slot));
    }

    private ChangeFeed feed(KeyPair keys) throws SQLException {
        var feed =
                new ChangeFeed(
                        database.source(),
                        origin,
                        new FrameSigner(keys.getPrivate()),
                        InstantSource.system(),
                        FeedSettings.DEFAULT);
        open.add(feed);
        feed.start();
        return feed;
    }

    private Capture started(String name) throws Exception {
        return started(new Capture(settings(name), origin, rows::add));
    }

    private Capture started(String name, ChangeFeed feed) throws Exception {
        return started(
                new Capture(
                        settings(name),
                        origin,
                        it -> {
                            rows.add(it);
                            feed.offer(it);
                        }));
    }

    private Capture started(Capture capture) throws Exception {
        open.add(capture);
        capture.start();
        Await.until("capture reads", () -> capture.status().reading());
        return capture;
    }

    private Capture capture(String name) {
        return new Capture(settings(name), origin, rows::add);
    }

    private CaptureSettings settings(String name) {
        return database.capture(directory.resolve(name));
    }

    private List<Long> seqs() {
        return rows.stream().map(OutboxRow::seq).toList();
    }

    private long change(String name) throws SQLException {
        return store.change(_ -> put(tenant(name.replace(' ', '-')))).orElseThrow().seq();
    }
}
