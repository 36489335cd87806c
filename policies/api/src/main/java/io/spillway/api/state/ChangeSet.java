package io.spillway.api.state;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.request.DataClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One transaction of the registry: applied whole or not at all.
///
/// @param origin name of the control plane that made it
/// @param epoch raised when the origin was restored from a backup
/// @param seq 1, 2, 3, ... without gaps per origin and epoch
/// @param dataClass highest class of what it holds; a replica of lower clearance gets it withheld
/// @param changes the objects with their full new state, or tombstones
public record ChangeSet(
        String origin, long epoch, long seq, DataClass dataClass, List<Change> changes) {

    public ChangeSet {
        changes = List.copyOf(changes);
        if (seq < 1 || epoch < 1) {
            throw new IllegalArgumentException(
                    "change set has epoch=%d, seq=%d; expected both >= 1".formatted(epoch, seq));
        }
    }

    /// One object's new state.
    ///
    /// @param kind the kind
    /// @param key the key
    /// @param object the full new state, null when the object was deleted
    public record Change(RegistryObject.Kind kind, String key, @Nullable RegistryObject object) {

        /// An object's new state.
        public static Change put(RegistryObject object) {
            return new Change(object.kind(), object.key(), object);
        }

        /// A deletion.
        public static Change delete(RegistryObject.Kind kind, String key) {
            return new Change(kind, key, null);
        }
    }
}
