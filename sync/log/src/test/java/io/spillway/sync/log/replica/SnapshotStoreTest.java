package io.spillway.sync.log.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.StateDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    @TempDir Path directory;
    private FrameSigner signer;
    private FrameVerifier verifier;

    @BeforeEach
    void makeKeys() throws NoSuchAlgorithmException {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new FrameSigner(keys.getPrivate());
        verifier = new FrameVerifier(keys.getPublic());
    }

    @Test
    void aReplicaServesAfterARestartAndIsAsOldAsItsLastBeacon() throws IOException {
        var state = state(7, 3);
        store().save(state, beacon(state, NOON));
        var replica = new Replica(_ -> {});

        var present = (SnapshotStore.Loaded.Present) store().load();
        var outcome = replica.restore(present.state(), present.beacon());

        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        assertThat(replica.state().tenants()).hasSize(3);
        assertThat(replica.age(NOON.plusSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void anEmptyDirectoryHoldsNoSnapshot() throws IOException {
        assertThat(store().load()).isEqualTo(new SnapshotStore.Loaded.Absent());
    }

    @Test
    void theDiskShowsNothingOfTheStateAndOnlyTheOwnerMayReadIt() throws IOException {
        store().save(state(7, 3), null);

        for (var name : List.of("snapshot", "snapshot.key", "snapshot.mark")) {
            var file = directory.resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .doesNotContain("tenant", "control-1");
        }
    }

    @Test
    void aChangedByteAnywhereIsRefused() throws IOException {
        store().save(state(7, 3), null);
        var file = directory.resolve("snapshot");
        var bytes = Files.readAllBytes(file);

        for (var at = 0; at < bytes.length; at += 11) {
            bytes[at] ^= 1;
            Files.write(file, bytes);
            assertThat(store().load()).isInstanceOf(SnapshotStore.Loaded.Refused.class);
            bytes[at] ^= 1;
        }
        Files.write(file, bytes);
        assertThat(store().load()).isInstanceOf(SnapshotStore.Loaded.Present.class);
    }

    @Test
    void anOlderCopyPutBackIsRefused() throws IOException {
        var file = directory.resolve("snapshot");
        store().save(state(7, 3), null);
        var older = Files.readAllBytes(file);
        store().save(state(8, 3), null);

        Files.write(file, older);

        assertThat(store().load()).isInstanceOf(SnapshotStore.Loaded.Refused.class);
        Files.delete(directory.resolve("snapshot.mark"));
        assertThat(store().load()).isInstanceOf(SnapshotStore.Loaded.Refused.class);
    }

    @Test
    void aCopyWithAnOlderBeaconPutBackIsRefused() throws IOException {
        var file = directory.resolve("snapshot");
        store().save(state(7, 3), beacon(state(7, 3), NOON));
        var older = Files.readAllBytes(file);
        store().save(state(7, 3), beacon(state(7, 3), NOON.plusSeconds(5)));

        Files.write(file, older);

        assertThat(store().load()).isInstanceOf(SnapshotStore.Loaded.Refused.class);
    }

    @Test
    void aCrashBetweenSnapshotAndItsRecordLosesNothing() throws IOException {
        var mark = directory.resolve("snapshot.mark");
        store().save(state(7, 3), null);
        var older = Files.readAllBytes(mark);
        store().save(state(8, 4), null);

        Files.write(mark, older);

        assertThat(store().load())
                .isInstanceOfSatisfying(
                        SnapshotStore.Loaded.Present.class,
                        it -> assertThat(it.state()).isEqualTo(state(8, 4)));
    }

    @Test
    void objectsThatTheSignedBeaconDoesNotDescribeAreRefused() throws IOException {
        var replica = new Replica(_ -> {});
        store().save(state(7, 3), beacon(state(7, 4), NOON));

        var present = (SnapshotStore.Loaded.Present) store().load();

        assertThat(replica.restore(present.state(), present.beacon()))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(replica.state().tenants()).isEmpty();
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        store();
        Files.setPosixFilePermissions(
                directory.resolve("snapshot.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(this::store)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void tenThousandObjectsAreReadBackAtOnce() throws IOException {
        store().save(state(7, 10_000), null);
        store().load();

        var start = System.nanoTime();
        var loaded = store().load();
        var millis = (System.nanoTime() - start) / 1_000_000;

        assertThat(loaded).isInstanceOf(SnapshotStore.Loaded.Present.class);
        System.out.printf("10,000 objects read back in %d ms%n", millis);
        assertThat(millis).isLessThan(5_000);
    }

    private SnapshotStore store() throws IOException {
        return SnapshotStore.open(directory, verifier);
    }

    private String beacon(Frame.Snapshot state, Instant time) {
        return signer.sign(new Frame.Pulse(new Beacon(state.watermark(), state.digest(), time)))
                .toLine();
    }

    private static Frame.Snapshot state(long seq, int tenants) {
        var objects =
                IntStream.range(0, tenants)
                        .<RegistryObject>mapToObj(it ->
                                new Tenant(
                                        "tenant-" + it,
                                        DataClass.PUBLIC,
                                        Set.of("aws-burst"),
                                        Set.of(),
                                        null))
                        .toList();
        return new Frame.Snapshot(
                new Watermark("control-1", 1, seq), objects, StateDigest.of(objects));
    }
}
