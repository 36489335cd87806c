package io.spillway.control.registry;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.api.state.Watermark;
import io.spillway.control.audit.Audit;
import io.spillway.control.database.Database;
import io.spillway.control.database.DatabaseFailure;
import io.spillway.control.problem.Refusal;
import io.spillway.policy.verify.Proof;
import io.spillway.sync.capture.RegistryStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// The registry. A change is one transaction, one change set and one audit row per object.
///
/// Changes happen one after the other, under the lock that gives change sets their gapless numbers,
/// so a check on the resulting state cannot be overtaken.
@ApplicationScoped
public class Registry {
    private final Database database;
    private final RegistryStore store;
    private final Connectors connectors;
    private final PolicyGate policies;

    Registry(Database database, RegistryStore store, Connectors connectors, PolicyGate policies) {
        this.database = database;
        this.store = store;
        this.connectors = connectors;
        this.policies = policies;
    }

    /// The present state.
    public RegistryState state() {
        try {
            return store.read(it -> RegistryState.of(it.all()));
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /// The proof of the policy in force, for the present state.
    public Proof proof(PolicyDocument policy) {
        return policies.proof(policy, state());
    }

    /// The newest change set.
    public Watermark newest() {
        try {
            return store.head();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /// Changes the registry, or refuses and changes nothing.
    ///
    /// @param proposal what to change, given the present state; runs under the lock, so it must not
    ///   wait for anything
    public Written change(Intent intent, Proposal proposal) {
        prepare(intent, proposal);
        return database.inTransaction(connection -> change(connection, intent, proposal))
                .orElseGet(() -> new Written(newest().seq(), false));
    }

    /// Makes the proof that the change will need before the lock is taken. Under the lock it is
    /// found again, unless somebody else changed the registry in between; then it is made there.
    private void prepare(Intent intent, Proposal proposal) {
        var present = state();
        if (present.all(PolicyDocument.class).isEmpty() && !intent.action().equals("publish")) {
            return;
        }
        try {
            policies.check(present, present.with(proposal.changes(present)), intent);
        } catch (Refusal _) {
            // It counts only under the lock, where it comes again.
        }
    }

    private Optional<Written> change(Connection connection, Intent intent, Proposal proposal)
            throws SQLException {
        var edit = new Edit(proposal, intent);
        Optional<ChangeSet> made =
                store.<RuntimeException>change(
                        connection, present -> edit.decide(RegistryState.of(present.all())));
        if (made.isEmpty()) {
            return Optional.empty();
        }
        var changes = made.get().changes();
        audit(connection, intent, edit, changes);
        var first = changes.getFirst();
        return Optional.of(
                new Written(
                        made.get().seq(), edit.before.find(first.kind(), first.key()).isEmpty()));
    }

    /// Holds an address to the ranges of an environment, for a server that is not registered.
    public void checkAddress(Endpoint endpoint, Environment environment) {
        EndpointAddresses.check(
                RegistryState.of(List.of()),
                RegistryState.of(List.of(environment)),
                List.of(Change.put(endpoint)),
                InetAddress::getAllByName);
    }

    private Optional<String> check(RegistryState before, List<Change> changes, Intent intent) {
        for (var change : changes) {
            var object = change.object();
            if (object != null) {
                Fields.check(object, connectors.dialects(), connectors.drivers().keySet());
            }
        }
        var after = before.with(changes);
        References.check(after, changes);
        FleetMoves.check(before, changes);
        EndpointAddresses.check(before, after, changes, InetAddress::getAllByName);
        return policies.check(before, after, intent);
    }

    private static void audit(Connection connection, Intent intent, Edit edit, List<Change> changes)
            throws SQLException {
        var before = edit.before;
        for (var change : changes) {
            Audit.record(
                    connection,
                    intent.actor(),
                    intent.action(),
                    change.kind().name().toLowerCase(Locale.ROOT),
                    change.key(),
                    before.find(change.kind(), change.key()).orElse(null),
                    change.object());
        }
        if (edit.proof.isPresent()) {
            Audit.note(
                    connection,
                    intent.actor(),
                    "prove",
                    "policy",
                    changes.getFirst().key(),
                    edit.proof.get());
        }
    }

    /// One decision on what to change, with the state it was made on.
    private final class Edit {
        private final Proposal proposal;
        private final Intent intent;
        private RegistryState before = RegistryState.of(List.of());

        private Optional<String> proof = Optional.empty();

        Edit(Proposal proposal, Intent intent) {
            this.proposal = proposal;
            this.intent = intent;
        }

        List<Change> decide(RegistryState present) {
            before = present;
            var changes =
                    proposal.changes(present).stream()
                            .filter(it ->
                                    !Objects.equals(
                                            present.find(it.kind(), it.key()).orElse(null),
                                            it.object()))
                            .toList();
            if (!changes.isEmpty()) {
                proof = check(present, changes, intent);
            }
            return changes;
        }
    }

    /// What to change.
    @FunctionalInterface
    public interface Proposal {
        List<Change> changes(RegistryState present);
    }

    /// A change in force.
    ///
    /// @param seq number of the change set that holds it
    /// @param created whether the first object changed is new
    public record Written(long seq, boolean created) {}
}
