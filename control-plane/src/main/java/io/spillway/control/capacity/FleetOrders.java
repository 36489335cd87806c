package io.spillway.control.capacity;

import io.spillway.control.audit.Audit;
import io.spillway.control.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/// What operators order fleets to do. An order is audited in the transaction that writes it down.
@ApplicationScoped
public class FleetOrders {
    private static final String FLEET = "fleet";

    private final Database database;
    private final Wanted wanted;
    private final FleetKeepers keepers;
    private final Audit audit;

    FleetOrders(Database database, Wanted wanted, FleetKeepers keepers, Audit audit) {
        this.database = database;
        this.wanted = wanted;
        this.keepers = keepers;
        this.audit = audit;
    }

    /// What a change of size would do.
    public String plan(String fleet, int desired, String actor) throws InterruptedException {
        audit.note(actor, "plan", FLEET, fleet, "desired=" + desired);
        return keepers.plan(fleet, desired, "planned by " + actor);
    }

    /// Changes the size.
    public void scale(String fleet, int desired, String actor) {
        order(fleet, new Wanted.Size(desired, false, Instant.now(), "scaled by " + actor), actor);
    }

    /// Removes all machines until the fleet is scaled again.
    public void destroy(String fleet, String actor) {
        order(fleet, new Wanted.Size(0, true, Instant.now(), "destroyed by " + actor), actor);
    }

    /// Forgets what was ordered of a fleet that was deleted.
    public void forget(String fleet) {
        wanted.forget(fleet);
    }

    private void order(String fleet, Wanted.Size size, String actor) {
        database.inTransaction(connection -> {
            Audit.note(
                    connection,
                    actor,
                    size.halted() ? "destroy" : "scale",
                    FLEET,
                    fleet,
                    "desired=" + size.desired());
            Wanted.set(connection, fleet, size);
            return size;
        });
        keepers.nudge(fleet);
    }
}
