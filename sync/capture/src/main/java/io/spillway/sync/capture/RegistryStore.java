package io.spillway.sync.capture;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Changes the registry: one transaction, one change set, one outbox row.
///
/// Changes of one origin are made one after the other, so that whoever decides on a change sees
/// exactly the registry that it will be applied to. Safe for use by many threads and many control
/// planes.
public final class RegistryStore {
    private final DataSource dataSource;
    private final String origin;
    private final Outbox outbox;

    public RegistryStore(DataSource dataSource, String origin) {
        this.dataSource = dataSource;
        this.origin = origin;
        this.outbox = new Outbox(origin);
    }

    /// Decides what to change.
    ///
    /// @param <E> what it throws to refuse: nothing is changed then
    @FunctionalInterface
    public interface Edit<E extends Exception> {
        /// @param before the registry as it is and stays until the changes are made
        /// @return the changes; none to leave everything as it is
        List<ChangeSet.Change> edit(Registry before) throws E, SQLException;
    }

    /// Reads the registry.
    ///
    /// @param <T> what is read
    @FunctionalInterface
    public interface Reading<T> {
        T read(Registry registry) throws SQLException;
    }

    /// Makes a change. On return it is durable and on its way to the replicas.
    ///
    /// @return the change set, or empty when nothing was to be changed
    public <E extends Exception> Optional<ChangeSet> change(Edit<E> edit) throws E, SQLException {
        return Transaction.run(dataSource, connection -> change(connection, edit));
    }

    /// Makes a change in a transaction of the caller, which commits or rolls back. Nothing else of
    /// this origin changes until it does.
    public <E extends Exception> Optional<ChangeSet> change(Connection connection, Edit<E> edit)
            throws E, SQLException {
        Transaction.makeDurable(connection);
        outbox.setUp(connection);
        var head = outbox.lock(connection);
        var registry = new Registry(connection);
        var changes = List.copyOf(edit.edit(registry));
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        var changeSet =
                new ChangeSet(
                        origin,
                        head.epoch(),
                        head.seq() + 1,
                        highestClass(registry, changes),
                        changes);
        for (var change : changes) {
            registry.apply(change, changeSet.dataClass());
        }
        outbox.append(connection, OutboxRow.of(changeSet), changeSet.dataClass().wire());
        outbox.advance(connection, changeSet.epoch(), changeSet.seq());
        return Optional.of(changeSet);
    }

    private static DataClass highestClass(Registry registry, List<ChangeSet.Change> changes)
            throws SQLException {
        var highest = ObjectClass.BASE;
        var seen = new HashSet<String>();
        for (var change : changes) {
            if (!seen.add(change.kind() + " " + change.key())) {
                throw new IllegalArgumentException(
                        "change set names %s '%s' twice".formatted(change.kind(), change.key()));
            }
            var object = change.object();
            if (object == null) {
                // A tombstone tells that the object existed.
                highest =
                        registry.stored(change.kind(), change.key())
                                .map(Registry.Stored::dataClass)
                                .orElse(ObjectClass.BASE)
                                .max(highest);
            } else {
                highest = highest.max(ObjectClass.of(object));
            }
        }
        return highest;
    }

    /// Reads the registry in one consistent view.
    public <T> T read(Reading<T> reading) throws SQLException {
        return Transaction.<T, SQLException>snapshot(
                dataSource, connection -> reading.read(new Registry(connection)));
    }

    /// The newest change set; number 0 before the first.
    public Watermark head() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            outbox.setUp(connection);
            return outbox.head(connection);
        }
    }

    /// Begins a new epoch. To be called once after the database was restored from a backup: what
    /// replicas hold may be newer than what the database remembers, and only a new epoch tells them
    /// to take a snapshot.
    public Watermark beginEpoch() throws SQLException {
        return Transaction.<Watermark, SQLException>run(
                dataSource,
                connection -> {
                    Transaction.makeDurable(connection);
                    outbox.setUp(connection);
                    var next = outbox.lock(connection).epoch() + 1;
                    outbox.advance(connection, next, 0);
                    return new Watermark(origin, next, 0);
                });
    }

    /// Deletes outbox rows that no replica can continue from any more.
    ///
    /// @param keep how many of the newest stay
    /// @return how many went
    public int prune(long keep) throws SQLException {
        return Transaction.<Integer, SQLException>run(
                dataSource, connection -> outbox.prune(connection, keep));
    }
}
