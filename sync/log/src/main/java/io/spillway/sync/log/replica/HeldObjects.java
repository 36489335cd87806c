package io.spillway.sync.log.replica;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.ChangeSet;
import io.spillway.sync.log.StateDigest;
import io.spillway.sync.log.StateDigest.Identity;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Objects by identity, with the digest of them all. Each object's line is written once; the digest
/// is computed when somebody asks after a change.
final class HeldObjects {
    private final TreeMap<Identity, Held> byIdentity = new TreeMap<>();
    private @Nullable String digest;

    private record Held(RegistryObject object, String line) {}

    static HeldObjects of(Collection<RegistryObject> objects) {
        var held = new HeldObjects();
        objects.forEach(held::put);
        return held;
    }

    void apply(ChangeSet.Change change) {
        if (change.object() == null) {
            remove(change.kind(), change.key());
        } else {
            put(change.object());
        }
    }

    void remove(RegistryObject.Kind kind, String key) {
        byIdentity.remove(new Identity(kind, key));
        digest = null;
    }

    List<RegistryObject> all() {
        return byIdentity.values().stream().map(Held::object).toList();
    }

    String digest() {
        if (digest == null) {
            digest = StateDigest.ofLines(byIdentity.values().stream().map(Held::line));
        }
        return digest;
    }

    private void put(RegistryObject object) {
        byIdentity.put(Identity.of(object), new Held(object, StateDigest.line(object)));
        digest = null;
    }
}
