package io.spillway.sync.capture;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.StateDigest;
import io.spillway.sync.log.StateDigest.Identity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The registry at the feed's watermark, as replicas of each clearance see it. Not for use by
/// several threads at once.
///
/// An object is visible to a clearance that covers the change set which wrote it last: exactly
/// those replicas were shown it.
final class RegistryView {
    private final TreeMap<Identity, Held> objects = new TreeMap<>();
    private final Map<DataClass, String> digests = new EnumMap<>(DataClass.class);
    private Watermark watermark;

    private record Held(RegistryObject object, String line, DataClass dataClass) {}

    RegistryView(Watermark watermark, Collection<Registry.Stored> stored) {
        this.watermark = watermark;
        stored.forEach(it -> put(it.object(), it.dataClass()));
    }

    Watermark watermark() {
        return watermark;
    }

    /// Applies the change set that follows.
    ///
    /// @return classes under which its objects were visible before, without those that did not
    ///   exist
    Map<Identity, DataClass> apply(ChangeSet changeSet) {
        var before = new HashMap<Identity, DataClass>();
        for (var change : changeSet.changes()) {
            var identity = new Identity(change.kind(), change.key());
            var held = objects.get(identity);
            if (held != null) {
                before.put(identity, held.dataClass());
            }
            if (change.object() == null) {
                objects.remove(identity);
            } else {
                put(change.object(), changeSet.dataClass());
            }
        }
        watermark = new Watermark(changeSet.origin(), changeSet.epoch(), changeSet.seq());
        digests.clear();
        return Map.copyOf(before);
    }

    /// The highest class that replicas in an environment may see; empty when there is no such
    /// environment.
    Optional<DataClass> clearance(String environment) {
        var held = objects.get(new Identity(RegistryObject.Kind.ENVIRONMENT, environment));
        return held != null && held.object() instanceof Environment found
                ? Optional.of(found.clearance())
                : Optional.empty();
    }

    Frame.Snapshot snapshot(DataClass clearance) {
        return new Frame.Snapshot(
                watermark, visible(clearance).map(Held::object).toList(), digest(clearance));
    }

    String digest(DataClass clearance) {
        return digests.computeIfAbsent(
                clearance, it -> StateDigest.ofLines(visible(it).map(Held::line)));
    }

    private java.util.stream.Stream<Held> visible(DataClass clearance) {
        return objects.values().stream().filter(it -> clearance.covers(it.dataClass()));
    }

    private void put(RegistryObject object, DataClass dataClass) {
        objects.put(Identity.of(object), new Held(object, StateDigest.line(object), dataClass));
    }

    /// What a replica that may not see a change set must forget.
    static List<Frame.Removed> removed(Map<Identity, DataClass> before, DataClass clearance) {
        return before.entrySet().stream()
                .filter(it -> clearance.covers(it.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .map(it -> new Frame.Removed(it.kind(), it.key()))
                .toList();
    }
}
