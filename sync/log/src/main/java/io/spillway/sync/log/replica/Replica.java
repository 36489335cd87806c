package io.spillway.sync.log.replica;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The registry as one replica sees it, kept up to date by frames.
///
/// Change sets are applied whole, in order and once: a repeated one changes nothing, a missing one
/// is reported as a gap. Frames must come from a verified line; this class checks their order and
/// their digests, not who sent them. Safe for use by many threads; frames are applied one at a
/// time.
///
/// The state that serves and the state that was replicated differ while an installation fails. Age
/// counts for the one that serves, so that a router that can no longer install what it is told ends
/// up as stale as one that is told nothing.
public final class Replica {
    /// The age of a state that no beacon has ever confirmed.
    public static final Duration UNCONFIRMED = Duration.ofDays(36_500);

    /// A clock that was set back further than this no longer says how old a state is.
    private static final Duration CLOCK_STEP = Duration.ofSeconds(5);

    private final Installation installation;
    private HeldObjects objects = new HeldObjects();
    private @Nullable Watermark applied;
    private volatile RoutingState inForce =
            RoutingState.of(new Watermark("", 0, 0), List.<RegistryObject>of());
    private @Nullable Beacon beacon;
    private @Nullable Instant confirmedAt;
    private @Nullable String failure;
    private long changeSets;
    private long resyncs;
    private long refused;

    /// Puts a new state in force.
    @FunctionalInterface
    public interface Installation {
        /// Called for each new state, one at a time and in order, by the thread that applies
        /// frames. When it returns, the state is in force.
        ///
        /// @throws Exception to refuse the state: the previous one serves on
        void install(RoutingState next) throws Exception;
    }

    public Replica(Installation installation) {
        this.installation = installation;
    }

    /// Applies one frame.
    public synchronized Outcome apply(Frame frame, Instant now) {
        var outcome =
                switch (frame) {
                    case Frame.Snapshot snapshot -> replace(snapshot);
                    case Frame.Change change -> inOrder(change, () -> put(change.changeSet()));
                    case Frame.Withheld withheld -> inOrder(withheld, () -> forget(withheld));
                    case Frame.Pulse pulse -> confirm(pulse.beacon(), now);
                };
        switch (outcome) {
            case Outcome.Refused _ -> refused++;
            case Outcome.Resync _, Outcome.NewEpoch _ -> resyncs++;
            default -> {}
        }
        return outcome;
    }

    /// Takes over what a snapshot on the disk held. Only for a replica that has applied nothing.
    public synchronized Outcome restore(Frame.Snapshot saved, @Nullable Beacon lastBeacon) {
        if (applied != null) {
            return new Outcome.Refused("the replica holds a state already");
        }
        var savedObjects = HeldObjects.of(saved.objects());
        var problem = contradiction(saved, savedObjects.digest(), lastBeacon);
        if (problem != null) {
            refused++;
            return new Outcome.Refused(problem);
        }
        objects = savedObjects;
        applied = saved.watermark();
        beacon = lastBeacon;
        var outcome = install();
        if (lastBeacon != null && outcome instanceof Outcome.Applied) {
            confirmedAt = lastBeacon.time();
        }
        return outcome;
    }

    /// The state in force; empty with sequence number 0 before the first.
    public RoutingState state() {
        return inForce;
    }

    /// Time since the state in force was last confirmed to be the newest.
    public synchronized Duration age(Instant now) {
        if (confirmedAt == null || confirmedAt.isAfter(now.plus(CLOCK_STEP))) {
            return UNCONFIRMED;
        }
        var age = Duration.between(confirmedAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /// The last change set applied, in force or not; empty before the first snapshot.
    public synchronized Optional<Watermark> applied() {
        return Optional.ofNullable(applied);
    }

    /// What a disk snapshot must hold; empty before the first snapshot.
    public synchronized Optional<Frame.Snapshot> saved() {
        return applied().map(at -> new Frame.Snapshot(at, objects.all(), objects.digest()));
    }

    /// How the replica fares.
    public synchronized Report report() {
        return new Report(
                applied, inForce.watermark(), failure, beacon, changeSets, resyncs, refused);
    }

    private Outcome replace(Frame.Snapshot snapshot) {
        var next = snapshot.watermark();
        var held = applied;
        if (held != null) {
            var foreign = foreign(held, next);
            if (foreign != null) {
                return foreign;
            }
            if (next.epoch() == held.epoch() && next.seq() < held.seq()) {
                return new Outcome.Refused(
                        "snapshot at %d is older than the state at %d; a restored origin must begin a new epoch"
                                .formatted(next.seq(), held.seq()));
            }
        }
        var nextObjects = HeldObjects.of(snapshot.objects());
        if (!nextObjects.digest().equals(snapshot.digest())) {
            return new Outcome.Refused("the snapshot's objects do not have the digest it states");
        }
        objects = nextObjects;
        applied = next;
        return install();
    }

    private Outcome inOrder(Frame frame, Runnable change) {
        var next = frame.watermark();
        var held = applied;
        if (held == null) {
            return new Outcome.NewEpoch(next.epoch());
        }
        var foreign = foreign(held, next);
        if (foreign != null) {
            return foreign;
        }
        if (next.epoch() > held.epoch()) {
            return new Outcome.NewEpoch(next.epoch());
        }
        if (next.seq() <= held.seq()) {
            return new Outcome.Unchanged();
        }
        if (next.seq() > held.seq() + 1) {
            return new Outcome.Gap(held.seq());
        }
        change.run();
        applied = next;
        changeSets++;
        return install();
    }

    private void put(ChangeSet changeSet) {
        changeSet.changes().forEach(objects::apply);
    }

    private void forget(Frame.Withheld withheld) {
        withheld.removed().forEach(it -> objects.remove(it.kind(), it.key()));
    }

    private Outcome confirm(Beacon next, Instant now) {
        var held = applied;
        var at = next.watermark();
        if (held == null) {
            return new Outcome.NewEpoch(at.epoch());
        }
        var foreign = foreign(held, at);
        if (foreign != null) {
            return foreign;
        }
        if (at.epoch() > held.epoch()) {
            return new Outcome.NewEpoch(at.epoch());
        }
        if (at.seq() > held.seq()) {
            return new Outcome.Gap(held.seq());
        }
        if (at.seq() < held.seq() || (beacon != null && next.time().isBefore(beacon.time()))) {
            return new Outcome.Unchanged();
        }
        if (!objects.digest().equals(next.digest())) {
            return new Outcome.Resync(
                    "the digest at %d differs from the origin's".formatted(at.seq()));
        }
        beacon = next;
        if (inForce.watermark().equals(at)) {
            // A beacon that was long on its way says no more than when it was sent; one from a
            // clock that is ahead no more than that it came now.
            confirmedAt = next.time().isBefore(now) ? next.time() : now;
        }
        return new Outcome.Confirmed();
    }

    private Outcome install() {
        var at = applied;
        if (at == null) {
            throw new IllegalStateException("nothing to install");
        }
        var next = RoutingState.of(at, objects.all());
        try {
            installation.install(next);
        } catch (Exception e) {
            failure = "state %d is not in force: %s".formatted(at.seq(), e.getMessage());
            return new Outcome.NotInstalled(failure);
        }
        failure = null;
        inForce = next;
        return new Outcome.Applied(next);
    }

    private static @Nullable String contradiction(
            Frame.Snapshot saved, String digest, @Nullable Beacon last) {
        if (!digest.equals(saved.digest())) {
            return "the saved objects do not have the digest saved with them";
        }
        if (last == null) {
            return null;
        }
        var at = last.watermark();
        if (!at.origin().equals(saved.watermark().origin())
                || at.epoch() != saved.watermark().epoch()
                || at.seq() > saved.watermark().seq()) {
            return "the saved beacon is of another state";
        }
        return at.seq() == saved.watermark().seq() && !saved.digest().equals(last.digest())
                ? "the saved objects do not have the digest that the origin signed"
                : null;
    }

    private static Outcome.@Nullable Refused foreign(Watermark held, Watermark next) {
        if (!held.origin().equals(next.origin())) {
            return new Outcome.Refused(
                    "frame of origin '%s'; this replica follows '%s'"
                            .formatted(next.origin(), held.origin()));
        }
        return next.epoch() < held.epoch()
                ? new Outcome.Refused(
                        "frame of epoch %d; this replica lives in epoch %d"
                                .formatted(next.epoch(), held.epoch()))
                : null;
    }

    /// How a replica fares.
    ///
    /// @param applied the last change set applied, null before the first snapshot
    /// @param inForce the change set of the state that serves
    /// @param failure why the newest state is not in force, null when it is
    /// @param beacon the last beacon whose digest agreed, null before the first
    /// @param changeSets change sets applied since the start
    /// @param resyncs times it needed a snapshot
    /// @param refused frames refused
    public record Report(
            @Nullable Watermark applied,
            Watermark inForce,
            @Nullable String failure,
            @Nullable Beacon beacon,
            long changeSets,
            long resyncs,
            long refused) {}
}
