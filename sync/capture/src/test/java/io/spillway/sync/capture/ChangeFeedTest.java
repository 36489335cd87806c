package io.spillway.sync.capture;

import static io.spillway.sync.capture.Objects.environment;
import static io.spillway.sync.capture.Objects.put;
import static io.spillway.sync.capture.Objects.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.replica.Outcome;
import io.spillway.sync.log.replica.Replica;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFeedTest {
    private static final FeedSettings QUICK =
            new FeedSettings(
                    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500), 100);

    /// Looks at the outbox so seldom that only what is offered moves it.
    private static final FeedSettings BLIND =
            new FeedSettings(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 100);

    private final List<ChangeFeed> feeds = new ArrayList<>();
    private KeyPair keys;
    private Database database;
    private RegistryStore store;

    @BeforeEach
    void fillRegistry() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        database = Database.create();
        store = new RegistryStore(database.source(), "control-1");
        store.change(_ ->
                put(
                        environment("onprem", DataClass.RESTRICTED),
                        environment("edge", DataClass.INTERNAL)));
    }

    @AfterEach
    void closeFeeds() {
        feeds.forEach(ChangeFeed::close);
    }

    @Test
    void aNewReplicaGetsASnapshotThenEachChangeThenABeacon() throws Exception {
        var feed = feed(BLIND);
        var sink = follow(feed, "onprem", 0, 0);
        offerAll(feed, change("a"), change("b"));

        Await.until("state 3", () -> sink.replica.state().watermark().seq() == 3);

        assertThat(sink.frames.getFirst()).isInstanceOf(Frame.Snapshot.class);
        assertThat(sink.replica.state().tenants()).containsOnlyKeys("a", "b");
        assertThat(sink.replica.state().environments()).containsOnlyKeys("onprem", "edge");
    }

    @Test
    void beaconsConfirmTheStateOfEveryClearance() throws Exception {
        var feed = feed(QUICK);
        store.change(_ -> put(tenant("secret", DataClass.CONFIDENTIAL)));
        var high = follow(feed, "onprem", 0, 0);
        var low = follow(feed, "edge", 0, 0);
        store.change(_ -> put(tenant("open")));

        Await.until("both confirmed", () -> high.confirmedAt(3) && low.confirmedAt(3));

        assertThat(high.replica.state().tenants()).containsOnlyKeys("secret", "open");
        assertThat(low.replica.state().tenants()).containsOnlyKeys("open");
        assertThat(high.replica.age(InstantSource.system().instant()))
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aRowThatTheCaptureLostIsPulledWhenTheNextOneComes() throws Exception {
        var feed = feed(BLIND);
        var sink = follow(feed, "onprem", 0, 0);
        change("lost-1");
        change("lost-2");

        offerAll(feed, change("c"));

        Await.until("state 4", () -> sink.replica.state().watermark().seq() == 4);
        assertThat(sink.replica.state().tenants()).containsOnlyKeys("lost-1", "lost-2", "c");
        assertThat(feed.status().gaps()).isEqualTo(1);
    }

    @Test
    void theLastRowLostIsPulledAlthoughNothingFollowsIt() throws Exception {
        var feed = feed(QUICK);
        var sink = follow(feed, "onprem", 0, 0);

        change("lost");

        Await.until("state 2", () -> sink.replica.state().watermark().seq() == 2);
        assertThat(sink.replica.state().tenants()).containsOnlyKeys("lost");
    }

    @Test
    void repeatedRowsAreDropped() throws Exception {
        var feed = feed(BLIND);
        var sink = follow(feed, "onprem", 0, 0);
        var first = change("a");
        var second = change("b");

        offerAll(feed, first, second, first, second, second);

        Await.until("state 3", () -> sink.replica.state().watermark().seq() == 3);
        assertThat(feed.status().duplicates()).isEqualTo(3);
        assertThat(sink.outcomes).doesNotContain(new Outcome.Unchanged());
    }

    @Test
    void aRowThatWasChangedOnItsWayIsNotBelieved() throws Exception {
        var feed = feed(QUICK);
        var sink = follow(feed, "onprem", 0, 0);
        var row = change("honest");

        feed.offer(
                new OutboxRow(
                        row.origin(),
                        row.epoch(),
                        row.seq(),
                        row.payload().replace("honest", "forged"),
                        row.digest()));

        Await.until("state 2", () -> sink.replica.state().watermark().seq() == 2);
        assertThat(sink.replica.state().tenants()).containsOnlyKeys("honest");
    }

    @Test
    void whatAReplicaMayNotSeeIsWithheldWithoutKindKeyOrPayload() throws Exception {
        var feed = feed(BLIND);
        var sink = follow(feed, "edge", 0, 0);
        offerAll(feed, changeTo("top-secret-name", DataClass.RESTRICTED), change("open"));

        Await.until("state 3", () -> sink.replica.state().watermark().seq() == 3);

        assertThat(sink.changes().get(1))
                .isEqualTo(new Frame.Withheld(new Watermark("control-1", 1, 2), List.of()));
        assertThat(String.join("", sink.lines)).doesNotContain("top-secret-name");
    }

    @Test
    void whatRisesAboveAReplicasClearanceIsTakenFromItAndComesBackWhenItFalls() throws Exception {
        var feed = feed(BLIND);
        var sink = follow(feed, "edge", 0, 0);
        offerAll(feed, change("a"));
        Await.until("held", () -> sink.replica.state().tenants().containsKey("a"));

        offerAll(feed, changeTo("a", DataClass.CONFIDENTIAL));
        Await.until("gone", () -> sink.replica.state().tenants().isEmpty());
        assertThat(sink.changes().getLast())
                .isEqualTo(
                        new Frame.Withheld(
                                new Watermark("control-1", 1, 3),
                                List.of(new Frame.Removed(RegistryObject.Kind.TENANT, "a"))));

        offerAll(feed, change("a"));
        Await.until("back", () -> sink.replica.state().tenants().containsKey("a"));
    }

    @Test
    void aReplicaThatComesBackGetsWhatItMissedOrASnapshotWhenThatIsGone() throws Exception {
        var feed = feed(BLIND);
        for (var i = 0; i < 150; i++) {
            offerAll(feed, change("t" + i % 10));
        }
        var near = follow(feed, "onprem", 1, 100);
        var far = follow(feed, "onprem", 1, 20);
        var ahead = follow(feed, "onprem", 1, 900);
        var elsewhere = follow(feed, "onprem", 7, 100);

        Await.until("near caught up", () -> near.changes().size() == 51);
        Await.until(
                "others began",
                () -> far.frames.size() + ahead.frames.size() + elsewhere.frames.size() >= 3);

        assertThat(near.frames.getFirst().watermark().seq()).isEqualTo(101);
        for (var sink : List.of(far, ahead, elsewhere)) {
            assertThat(sink.frames.getFirst()).isInstanceOf(Frame.Snapshot.class);
        }
    }

    @Test
    void aChangedClearanceCutsTheReplicaWhichThenSeesOnlyWhatItMay() throws Exception {
        var feed = feed(BLIND);
        offerAll(feed, changeTo("secret", DataClass.RESTRICTED));
        var sink = follow(feed, "onprem", 0, 0);
        Await.until("held", () -> sink.replica.state().tenants().containsKey("secret"));

        offerAll(feed, put1(environment("onprem", DataClass.INTERNAL)));

        Await.until("cut", () -> sink.closed);
        var again = follow(feed, "onprem", 0, 0);
        Await.until("snapshot", () -> !again.frames.isEmpty());
        assertThat(again.replica.state().tenants()).isEmpty();
    }

    @Test
    void aReplicaThatDoesNotReadIsCutAndHoldsNobodyBack() throws Exception {
        var feed = feed(QUICK);
        var stuck = new CountDownLatch(1);
        var cut = new CountDownLatch(1);
        feed.subscribe(
                "stuck",
                "onprem",
                0,
                0,
                new LineSink() {
                    @Override
                    public void line(String line) throws InterruptedException {
                        stuck.countDown();
                        new CountDownLatch(1).await();
                    }

                    @Override
                    public void close() {
                        cut.countDown();
                    }
                });
        stuck.await();
        var sink = follow(feed, "onprem", 0, 0);

        offerAll(feed, change("a"));

        Await.until("state 2", () -> sink.replica.state().watermark().seq() == 2);
        cut.await();
        Await.until(
                "gone",
                () ->
                        feed.status().replicas().stream()
                                .noneMatch(it -> it.name().equals("stuck") && it.connected()));
    }

    @Test
    void aNewEpochBringsEveryReplicaASnapshot() throws Exception {
        var feed = feed(QUICK);
        var sink = follow(feed, "onprem", 0, 0);
        Await.until("state 1", () -> sink.replica.state().watermark().seq() == 1);

        store.beginEpoch();

        Await.until("cut", () -> sink.closed);
        var again = follow(feed, "onprem", 1, 1);
        Await.until("confirmed", () -> again.confirmedAt(0));
        assertThat(again.frames.getFirst().watermark()).isEqualTo(new Watermark("control-1", 2, 0));
    }

    @Test
    void noBeaconWhenTheDatabaseWentBackWithoutANewEpoch() throws Exception {
        var feed = feed(QUICK);
        change("a");
        var sink = follow(feed, "onprem", 0, 0);
        Await.until("confirmed", () -> sink.confirmedAt(2));

        database.execute("update sync_origin set seq = 1");

        Await.until("problem", () -> feed.status().problem() != null);
        var beacons = sink.frames.size();
        Await.until("still a problem", () -> feed.status().problem() != null);
        assertThat(sink.frames.size()).isLessThanOrEqualTo(beacons + 1);
    }

    @Test
    void anEnvironmentThatIsNotRegisteredGetsNothing() throws Exception {
        var feed = feed(BLIND);

        assertThatThrownBy(() -> follow(feed, "unknown", 0, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not registered");
    }

    @Test
    void whatAReplicaSaysIsInForceIsReportedAndWrittenDown() throws Exception {
        var feed = feed(QUICK);
        var sink = follow(feed, "onprem", 0, 0);
        Await.until("state 1", () -> sink.replica.state().watermark().seq() == 1);
        var name = feed.status().replicas().getFirst().name();

        feed.applied(name, 1, 1);

        assertThat(feed.status().replicas())
                .singleElement()
                .satisfies(it -> assertThat(it.connected()).isTrue())
                .satisfies(it -> assertThat(it.appliedSeq()).isEqualTo(1))
                .satisfies(it -> assertThat(it.lag()).isZero());
        Await.until(
                "row",
                () ->
                        database.number(
                                        "select count(*) from replica where applied_seq = 1 and"
                                                + " connected")
                                == 1);
    }

    /// Many changes, a capture that loses, repeats and reorders, replicas of every clearance.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyReplicaEndsUpWithExactlyWhatItMaySee(int seed) throws Exception {
        var random = new Random(seed);
        var feed = feed(QUICK);
        var high = follow(feed, "onprem", 0, 0);
        var low = follow(feed, "edge", 0, 0);
        var rows = new ArrayList<OutboxRow>();
        for (var i = 0; i < 80; i++) {
            rows.add(randomChange(random));
            if (random.nextInt(4) == 0) {
                Collections.shuffle(rows, random);
                offerAll(feed, rows.subList(0, rows.size() / 2).toArray(OutboxRow[]::new));
                rows.subList(0, rows.size() / 3).clear();
            }
        }
        var last = store.head().seq();

        Await.until("both confirmed", () -> high.confirmedAt(last) && low.confirmedAt(last));

        assertThat(high.replica.state().tenants().keySet()).isEqualTo(names("true"));
        assertThat(low.replica.state().tenants().keySet())
                .isEqualTo(names("data_class = 'internal'"));
        assertThat(high.outcomes).noneMatch(it -> it instanceof Outcome.Resync);
        assertThat(low.outcomes).noneMatch(it -> it instanceof Outcome.Resync);
    }

    private OutboxRow randomChange(Random random) throws SQLException {
        var name = "t" + random.nextInt(12);
        return row(
                store.change(before ->
                                random.nextInt(3) == 0
                                                && before.find(RegistryObject.Kind.TENANT, name)
                                                        .isPresent()
                                        ? List.of(
                                                ChangeSet.Change.delete(
                                                        RegistryObject.Kind.TENANT, name))
                                        : put(
                                                tenant(
                                                        name,
                                                        List.of(DataClass.values())
                                                                .get(random.nextInt(4)))))
                        .orElseThrow());
    }

    private java.util.Set<String> names(String condition) throws SQLException {
        try (var connection = database.source().getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select key from registry_object where kind = 'tenant' and "
                                        + condition)) {
            var names = new java.util.TreeSet<String>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    private ChangeFeed feed(FeedSettings settings) throws SQLException {
        var feed =
                new ChangeFeed(
                        database.source(),
                        "control-1",
                        new FrameSigner(keys.getPrivate()),
                        InstantSource.system(),
                        settings);
        feeds.add(feed);
        feed.start();
        return feed;
    }

    private ReplicaSink follow(ChangeFeed feed, String environment, long epoch, long after)
            throws Exception {
        var sink = new ReplicaSink(new Replica(_ -> {}), new FrameVerifier(keys.getPublic()));
        feed.subscribe("replica-" + System.nanoTime(), environment, epoch, after, sink);
        // A new replica makes the feed look at the outbox once.
        Await.until(
                "first beacon",
                () -> sink.frames.stream().anyMatch(it -> it instanceof Frame.Pulse));
        return sink;
    }

    private OutboxRow change(String name) throws SQLException {
        return changeTo(name, DataClass.PUBLIC);
    }

    private OutboxRow changeTo(String name, DataClass floor) throws SQLException {
        return put1(tenant(name, floor));
    }

    private OutboxRow put1(RegistryObject object) throws SQLException {
        return row(store.change(_ -> put(object)).orElseThrow());
    }

    private static OutboxRow row(ChangeSet changeSet) {
        return OutboxRow.of(changeSet);
    }

    private static void offerAll(ChangeFeed feed, OutboxRow... rows) {
        for (var row : rows) {
            feed.offer(row);
        }
    }
}
