package io.spillway.sync.log.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.PoolLoad;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.StateDigest;
import io.spillway.sync.log.replica.Replica;
import io.spillway.sync.log.replica.SnapshotStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaLinkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    @TempDir Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();
    private TestPki pki;
    private KeyPair origin;
    private FakeControlPlane server;
    private Replica replica;

    @BeforeEach
    void startServer() throws Exception {
        pki = new TestPki(directory);
        origin = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var tls =
                MutualTls.context(
                        pki.keyStore("CN=control-1,OU=onprem"), pki.trustStore(), pki.password());
        server = new FakeControlPlane(tls, new FrameSigner(origin.getPrivate()));
        open.add(server);
        replica = new Replica(_ -> {});
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void followsTheStreamAndServesFromTheDiskWithTheControlPlaneGone() throws Exception {
        var link = link(replica);
        server.send(snapshot(4, "a"), change(5, "b"), beacon(5, "a", "b"));
        await(() -> replica.state().tenants().keySet().equals(Set.of("a", "b")));
        await(() -> link.status().lastBeaconAt() != null && link.status().connected());
        link.close();
        server.close();

        var restarted = new Replica(_ -> {});
        link(restarted);

        assertThat(restarted.state().tenants()).containsOnlyKeys("a", "b");
        assertThat(restarted.age(Instant.now())).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void goesOnFromWhereItStandsWhenTheStreamEnds() throws Exception {
        link(replica);
        server.send(snapshot(4, "a"));
        server.sendLine(FakeControlPlane.END);
        server.send(change(5, "b"));

        await(() -> replica.state().watermark().seq() == 5);

        assertThat(server.asked).containsExactly("epoch=0&after=0", "epoch=1&after=4");
    }

    @Test
    void pullsWhatIsMissingAndAsksForASnapshotWhenItDeparted() throws Exception {
        link(replica);
        server.send(snapshot(4, "a"), change(7, "x"));
        await(() -> server.asked.size() == 2);
        server.send(change(5, "b"), beacon(5, "something", "else"));
        await(() -> server.asked.size() == 3);
        server.send(snapshot(6, "c"), beacon(6, "c"));
        await(() -> replica.state().tenants().keySet().equals(Set.of("c")));

        assertThat(server.asked)
                .containsExactly("epoch=0&after=0", "epoch=1&after=4", "epoch=0&after=0");
    }

    @Test
    void aLineThatTheOriginDidNotSignIsNeverApplied() throws Exception {
        var link = link(replica);
        var stranger =
                new FrameSigner(
                        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        server.send(snapshot(4, "a"));
        server.sendLine(stranger.sign(change(5, "evil")).toLine());

        await(() -> server.asked.size() == 2);

        assertThat(replica.state().tenants()).containsOnlyKeys("a");
        assertThat(link.status().problem()).contains("not signed");
    }

    @Test
    void aStreamWithoutBeaconsIsGivenUp() throws Exception {
        link(replica, new Pace(Duration.ofMillis(400), Duration.ofSeconds(5), new Random(1)));
        server.send(snapshot(4, "a"));

        await(() -> server.asked.size() >= 2);

        server.sendLine(FakeControlPlane.END);
        assertThat(replica.state().tenants()).containsOnlyKeys("a");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        var link =
                link(
                        replica,
                        new Pace(Duration.ofMillis(400), Duration.ofMillis(400), new Random(1)));

        await(() -> server.asked.size() >= 2);

        assertThat(link.status().replica().applied()).isNull();
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTalkedTo() throws Exception {
        var foreign = new TestPki(java.nio.file.Files.createDirectory(directory.resolve("other")));
        var tls =
                MutualTls.context(
                        foreign.keyStore("CN=router-1,OU=onprem"),
                        foreign.trustStore(),
                        foreign.password());
        var link = link(replica, new ControlPlane(server.url(), tls), Pace.standard(new Random(1)));

        await(() -> link.status().problem() != null);

        assertThat(server.asked).isEmpty();
        assertThat(link.status().connected()).isFalse();
    }

    @Test
    void loadReportsCarryTheStateInForce() throws Exception {
        var link = link(replica);
        server.send(snapshot(4, "a"));
        await(() -> replica.state().watermark().seq() == 4);

        link.postLoad(
                List.of(
                        new PoolLoad(
                                "router-1",
                                Instant.EPOCH,
                                new PoolKey("onprem", "chat-v1"),
                                1,
                                2,
                                3,
                                4,
                                OptionalLong.of(5))));

        await(() -> !server.posted.isEmpty());
        assertThat(server.posted.getFirst())
                .isEqualTo(
                        """
                        /sync/v1/load 1/4 [{"router":"router-1","at":"1970-01-01T00:00:00Z",\
                        "pool":{"environment":"onprem","modelVersion":"chat-v1"},"readyEndpoints":1,\
                        "running":2,"queued":3,"wantedSpill":4,"predictedTtftMillis":5}]\
                        """);
    }

    private ReplicaLink link(Replica target) throws IOException {
        return link(target, Pace.standard(new Random(1)));
    }

    private ReplicaLink link(Replica target, Pace pace) throws IOException {
        var tls =
                MutualTls.context(
                        pki.keyStore("CN=router-1,OU=onprem"), pki.trustStore(), pki.password());
        return link(target, new ControlPlane(server.url(), tls), pace);
    }

    private ReplicaLink link(Replica target, ControlPlane control, Pace pace) throws IOException {
        var verifier = new FrameVerifier(origin.getPublic());
        var store = SnapshotStore.open(directory.resolve("router"), verifier);
        var link = new ReplicaLink(control, target, verifier, store, InstantSource.system(), pace);
        open.add(control);
        open.add(link);
        link.start();
        return link;
    }

    static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("condition came true in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static Frame snapshot(long seq, String... tenants) {
        var objects = tenants(tenants);
        return new Frame.Snapshot(mark(seq), objects, StateDigest.of(objects));
    }

    private static Frame change(long seq, String tenant) {
        return new Frame.Change(
                new ChangeSet(
                        "control-1",
                        1,
                        seq,
                        DataClass.PUBLIC,
                        List.of(ChangeSet.Change.put(tenants(tenant).getFirst()))));
    }

    private static Frame beacon(long seq, String... tenants) {
        return new Frame.Pulse(
                new Beacon(mark(seq), StateDigest.of(tenants(tenants)), Instant.now()));
    }

    private static Watermark mark(long seq) {
        return new Watermark("control-1", 1, seq);
    }

    private static List<RegistryObject> tenants(String... names) {
        return Arrays.stream(names)
                .<RegistryObject>map(
                        it -> new Tenant(it, DataClass.PUBLIC, Set.of(), Set.of(), null))
                .toList();
    }
}
