package io.spillway.control.registry;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.state.ChangeSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All objects of the registry at one moment. Immutable.
public final class RegistryState {
    private final Map<Kind, SortedMap<String, RegistryObject>> objects;

    private RegistryState(Map<Kind, SortedMap<String, RegistryObject>> objects) {
        this.objects = objects;
    }

    /// The state that holds these objects.
    public static RegistryState of(Collection<? extends RegistryObject> objects) {
        var state = new RegistryState(new EnumMap<>(Kind.class));
        objects.forEach(it -> state.of(it.kind()).put(it.key(), it));
        return state;
    }

    /// All objects of a type, ordered by key.
    public <T extends RegistryObject> List<T> all(Class<T> type) {
        return objects().filter(type::isInstance).map(type::cast).toList();
    }

    /// All objects.
    public Stream<RegistryObject> objects() {
        return objects.values().stream().flatMap(it -> it.values().stream());
    }

    /// One object of a type.
    public <T extends RegistryObject> Optional<T> find(Class<T> type, String key) {
        return objects.values().stream()
                .flatMap(it -> Stream.ofNullable(it.get(key)))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /// One object of a kind.
    public Optional<RegistryObject> find(Kind kind, String key) {
        return Optional.ofNullable(objects.get(kind)).map(it -> it.get(key));
    }

    /// The state after some changes.
    RegistryState with(List<ChangeSet.Change> changes) {
        var next = new RegistryState(new EnumMap<>(Kind.class));
        objects.forEach((kind, byKey) -> next.objects.put(kind, new TreeMap<>(byKey)));
        for (var change : changes) {
            var object = change.object();
            if (object == null) {
                next.of(change.kind()).remove(change.key());
            } else {
                next.of(change.kind()).put(change.key(), object);
            }
        }
        return next;
    }

    private SortedMap<String, RegistryObject> of(Kind kind) {
        return objects.computeIfAbsent(kind, _ -> new TreeMap<>());
    }
}
