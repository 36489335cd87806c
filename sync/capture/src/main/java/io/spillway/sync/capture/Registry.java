package io.spillway.sync.capture;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.StateDigest.Identity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// The registry's objects as one transaction sees them.
public final class Registry {
    private final Connection connection;

    Registry(Connection connection) {
        this.connection = connection;
    }

    /// An object with the class of the change set that wrote it last.
    record Stored(RegistryObject object, DataClass dataClass) {}

    /// One object.
    public Optional<RegistryObject> find(RegistryObject.Kind kind, String key) throws SQLException {
        return stored(kind, key).map(Stored::object);
    }

    /// All objects, ordered by kind and key.
    public List<RegistryObject> all() throws SQLException {
        return allStored().stream().map(Stored::object).toList();
    }

    /// All objects of one type, ordered by key.
    public <T extends RegistryObject> List<T> all(Class<T> type) throws SQLException {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// What the objects would be after some changes, ordered by kind and key.
    public Collection<RegistryObject> after(List<ChangeSet.Change> changes) throws SQLException {
        var objects = new TreeMap<Identity, RegistryObject>();
        all().forEach(it -> objects.put(Identity.of(it), it));
        for (var change : changes) {
            var identity = new Identity(change.kind(), change.key());
            if (change.object() == null) {
                objects.remove(identity);
            } else {
                objects.put(identity, change.object());
            }
        }
        return objects.values();
    }

    Optional<Stored> stored(RegistryObject.Kind kind, String key) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select kind, body::text, data_class from registry_object where kind = ?"
                                + " and key = ?")) {
            statement.setString(1, wire(kind));
            statement.setString(2, key);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    List<Stored> allStored() throws SQLException {
        try (var statement =
                        connection.prepareStatement(
                                "select kind, body::text, data_class from registry_object order by"
                                        + " kind collate \"C\", key collate \"C\"");
                var row = statement.executeQuery()) {
            var objects = new ArrayList<Stored>();
            while (row.next()) {
                objects.add(read(row));
            }
            return objects;
        }
    }

    void apply(ChangeSet.Change change, DataClass dataClass) throws SQLException {
        var object = change.object();
        if (object == null) {
            try (var statement =
                    connection.prepareStatement(
                            "delete from registry_object where kind = ? and key = ?")) {
                statement.setString(1, wire(change.kind()));
                statement.setString(2, change.key());
                statement.executeUpdate();
            }
            return;
        }
        try (var statement =
                connection.prepareStatement(
                        """
                        insert into registry_object (kind, key, body, data_class, version)
                        values (?, ?, ?::jsonb, ?, 1)
                        on conflict (kind, key) do update
                        set body = excluded.body, data_class = excluded.data_class,
                            version = registry_object.version + 1, updated_at = now()
                        """)) {
            statement.setString(1, wire(change.kind()));
            statement.setString(2, change.key());
            statement.setString(3, Json.write(object));
            statement.setString(4, dataClass.wire());
            statement.executeUpdate();
        }
    }

    private static Stored read(ResultSet row) throws SQLException {
        var kind = RegistryObject.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT));
        var dataClass =
                DataClass.parse(row.getString(3))
                        .orElseThrow(() -> new SQLException("unknown data class in the registry"));
        return new Stored(Json.read(row.getString(2), kind.type()), dataClass);
    }

    private static String wire(RegistryObject.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
