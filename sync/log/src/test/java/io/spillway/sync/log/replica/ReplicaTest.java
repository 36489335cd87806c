package io.spillway.sync.log.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.StateDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final List<RoutingState> installed = new ArrayList<>();
    private final Replica replica = new Replica(this::install);
    private String refusedTenant = "none";

    private void install(RoutingState next) {
        if (next.tenants().containsKey(refusedTenant)) {
            throw new IllegalStateException("tenant cannot be compiled");
        }
        installed.add(next);
    }

    @Test
    void aNewReplicaNeedsASnapshotFirst() {
        assertThat(apply(change(1, "a"))).isEqualTo(new Outcome.NewEpoch(1));
        assertThat(apply(beacon(1, NOON, List.of()))).isEqualTo(new Outcome.NewEpoch(1));
        assertThat(replica.state().watermark().seq()).isZero();
        assertThat(replica.age(NOON)).isEqualTo(Replica.UNCONFIRMED);
    }

    @Test
    void changeSetsAreAppliedOnceInOrderAndWhole() {
        apply(snapshot(1, 4));

        assertThat(apply(change(5, "a", "b"))).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(change(5, "a", "b"))).isEqualTo(new Outcome.Unchanged());
        assertThat(apply(change(7, "d"))).isEqualTo(new Outcome.Gap(5));
        assertThat(replica.state().tenants()).containsOnlyKeys("a", "b");
        assertThat(installed).hasSize(2);
    }

    @Test
    void deletionsAndWithheldObjectsLeaveTheState() {
        apply(snapshot(1, 4, tenant("a", 0), tenant("b", 0), tenant("c", 0)));

        apply(
                new Frame.Change(
                        new ChangeSet(
                                "control-1",
                                1,
                                5,
                                DataClass.PUBLIC,
                                List.of(
                                        ChangeSet.Change.delete(
                                                RegistryObject.Kind.TENANT, "a")))));
        apply(
                new Frame.Withheld(
                        mark(1, 6), List.of(new Frame.Removed(RegistryObject.Kind.TENANT, "b"))));

        assertThat(replica.state().tenants()).containsOnlyKeys("c");
        assertThat(replica.state().watermark()).isEqualTo(mark(1, 6));
    }

    @Test
    void aStateThatCannotBeInstalledLeavesThePreviousOneInForceAndIsReported() {
        apply(snapshot(1, 4, tenant("a", 0)));
        refusedTenant = "bad";

        var outcome = apply(change(5, "bad"));

        assertThat(outcome).isInstanceOf(Outcome.NotInstalled.class);
        assertThat(replica.state().watermark().seq()).isEqualTo(4);
        assertThat(replica.report().applied()).isEqualTo(mark(1, 5));
        assertThat(replica.report().failure()).contains("tenant cannot be compiled");

        refusedTenant = "none";
        assertThat(apply(change(6, "c"))).isInstanceOf(Outcome.Applied.class);
        assertThat(replica.state().tenants()).containsOnlyKeys("a", "bad", "c");
        assertThat(replica.report().failure()).isNull();
    }

    @Test
    void aBeaconConfirmsOnlyTheStateWhoseDigestItStates() {
        apply(snapshot(1, 4, tenant("a", 0)));

        assertThat(apply(beacon(4, NOON, List.of(tenant("a", 1)))))
                .isInstanceOf(Outcome.Resync.class);
        assertThat(apply(beacon(5, NOON, List.of(tenant("a", 0))))).isEqualTo(new Outcome.Gap(4));
        assertThat(replica.age(NOON)).isEqualTo(Replica.UNCONFIRMED);

        assertThat(apply(beacon(4, NOON, List.of(tenant("a", 0)))))
                .isEqualTo(new Outcome.Confirmed());
        assertThat(replica.age(NOON.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void ageCountsFromWhenABeaconWasSentAndAnOldOneDoesNotRenewIt() {
        apply(snapshot(1, 4));
        apply(beacon(4, NOON, List.of()));

        replica.apply(beacon(4, NOON.minusSeconds(30), List.of()), NOON.plusSeconds(60));

        assertThat(replica.age(NOON.plusSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void anOriginWhoseClockIsAheadDoesNotMakeTheStateYounger() {
        apply(snapshot(1, 4));

        replica.apply(beacon(4, NOON.plusSeconds(600), List.of()), NOON);

        assertThat(replica.age(NOON.plusSeconds(10))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aClockSetBackMakesTheStateUnconfirmed() {
        apply(snapshot(1, 4));
        apply(beacon(4, NOON, List.of()));

        assertThat(replica.age(NOON.minusSeconds(60))).isEqualTo(Replica.UNCONFIRMED);
    }

    @Test
    void ageGoesOnWhileTheNewestStateCannotBeInstalled() {
        apply(snapshot(1, 4));
        apply(beacon(4, NOON, List.of()));
        refusedTenant = "bad";
        apply(change(5, "bad"));

        replica.apply(
                beacon(5, NOON.plusSeconds(60), List.of(tenant("bad", 5))), NOON.plusSeconds(60));

        assertThat(replica.age(NOON.plusSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void onlyASnapshotLeadsIntoANewEpochAndNothingLeadsBack() {
        apply(snapshot(1, 4, tenant("a", 0)));
        var inEpoch2 = new Frame.Withheld(mark(2, 1), List.of());

        assertThat(apply(inEpoch2)).isEqualTo(new Outcome.NewEpoch(2));
        assertThat(apply(snapshot(2, 1))).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(snapshot(1, 9))).isInstanceOf(Outcome.Refused.class);
        assertThat(apply(change(5, "a"))).isInstanceOf(Outcome.Refused.class);
        assertThat(replica.state().watermark()).isEqualTo(mark(2, 1));
    }

    @Test
    void framesOfAnotherOriginOlderSnapshotsAndFalseDigestsAreRefused() {
        apply(snapshot(1, 4));
        var foreign = new Frame.Withheld(new Watermark("control-2", 1, 5), List.of());
        var lying = new Frame.Snapshot(mark(1, 9), List.of(tenant("a", 0)), "0".repeat(64));

        assertThat(apply(foreign)).isInstanceOf(Outcome.Refused.class);
        assertThat(apply(snapshot(1, 3))).isInstanceOf(Outcome.Refused.class);
        assertThat(apply(lying)).isInstanceOf(Outcome.Refused.class);
        assertThat(replica.report().refused()).isEqualTo(3);
        assertThat(replica.state().watermark().seq()).isEqualTo(4);
    }

    /// A replica behind a link that loses, repeats and reorders frames, whose gaps are filled.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void convergesOverALinkThatLosesRepeatsAndReorders(int seed) {
        var random = new Random(seed);
        var truth = new TreeMap<String, Tenant>();
        var history = new ArrayList<Frame>();
        for (var seq = 1; seq <= 200; seq++) {
            history.add(randomChange(seq, random, truth));
        }
        apply(snapshot(1, 0));

        var delivered = new ArrayList<Frame>();
        for (var frame : history) {
            for (var copies = random.nextInt(3); copies > 0; copies--) {
                delivered.add(Math.max(0, delivered.size() - random.nextInt(4)), frame);
            }
        }
        for (var frame : delivered) {
            if (apply(frame) instanceof Outcome.Gap(var after)) {
                history.subList((int) after, (int) frame.watermark().seq()).forEach(this::apply);
            }
        }
        history.forEach(this::apply);

        assertThat(replica.state().tenants()).isEqualTo(truth);
        assertThat(apply(beacon(200, NOON, truth.values()))).isEqualTo(new Outcome.Confirmed());
        assertThat(installed).hasSize(201);
    }

    private static Frame randomChange(int seq, Random random, Map<String, Tenant> truth) {
        var changes = new ArrayList<ChangeSet.Change>();
        for (var i = random.nextInt(1, 4); i > 0; i--) {
            var name = "t" + random.nextInt(20);
            if (random.nextInt(4) == 0) {
                truth.remove(name);
                changes.add(ChangeSet.Change.delete(RegistryObject.Kind.TENANT, name));
            } else {
                truth.put(name, tenant(name, seq));
                changes.add(ChangeSet.Change.put(tenant(name, seq)));
            }
        }
        return new Frame.Change(new ChangeSet("control-1", 1, seq, DataClass.PUBLIC, changes));
    }

    private Outcome apply(Frame frame) {
        return replica.apply(frame, NOON);
    }

    private static Watermark mark(long epoch, long seq) {
        return new Watermark("control-1", epoch, seq);
    }

    private static Frame snapshot(long epoch, long seq, RegistryObject... objects) {
        var list = List.of(objects);
        return new Frame.Snapshot(mark(epoch, seq), list, StateDigest.of(list));
    }

    private static Frame change(long seq, String... tenants) {
        var changes =
                java.util.Arrays.stream(tenants)
                        .map(it -> ChangeSet.Change.put(tenant(it, (int) seq)))
                        .toList();
        return new Frame.Change(new ChangeSet("control-1", 1, seq, DataClass.PUBLIC, changes));
    }

    private static Frame beacon(
            long seq, Instant time, java.util.Collection<? extends RegistryObject> objects) {
        return new Frame.Pulse(new Beacon(mark(1, seq), StateDigest.of(objects), time));
    }

    private static Tenant tenant(String name, int version) {
        return new Tenant(name, DataClass.PUBLIC, Set.of("v" + version), Set.of(), null);
    }
}
