package io.spillway.router.accounting;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Tenant;
import io.spillway.api.state.JournalRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// What each tenant has spent and set aside in each calendar month (UTC). Thread-safe.
///
/// Order of calls per paid attempt: `reserve`, journal `Reserved` durably, send, `settle`, journal
/// `Settled`. At start: `replay` every record of the journal in order, then settle what `open`
/// returns at the reserved amount with outcome `crashed`, `estimated`.
public final class BudgetBook {

    /// Takes over the tenants' budgets.
    public void apply(Collection<Tenant> tenants) {
        throw new UnsupportedOperationException();
    }

    /// Whether an amount would fit now. Says nothing about later: only `reserve` does.
    public boolean fits(String tenant, Money amount, Instant now) {
        throw new UnsupportedOperationException();
    }

    /// Sets an amount aside.
    public Reservation reserve(String attemptId, String tenant, Money most, Instant now) {
        throw new UnsupportedOperationException();
    }

    /// Replaces the reserved by the actual amount, in the month of the reservation.
    ///
    /// @return false when the attempt has no open reservation
    public boolean settle(String attemptId, Money actual) {
        throw new UnsupportedOperationException();
    }

    /// Reads a record of the journal at start.
    public void replay(JournalRecord journalRecord) {
        throw new UnsupportedOperationException();
    }

    /// Open reservations, oldest first.
    public List<Reservation.Granted> open() {
        throw new UnsupportedOperationException();
    }

    /// What a tenant has spent in the month of `now`, open reservations left out.
    public Money spent(String tenant, String currency, Instant now) {
        throw new UnsupportedOperationException();
    }

    /// What a tenant has set aside in the month of `now`.
    public Money reserved(String tenant, String currency, Instant now) {
        throw new UnsupportedOperationException();
    }
}
