package io.spillway.router.accounting;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Tenant;
import io.spillway.api.state.JournalRecord;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What each tenant has spent and set aside in each calendar month (UTC). Thread-safe.
///
/// Order of calls per paid attempt: `reserve`, journal `Reserved` durably, send, `settle`, journal
/// `Settled`. A journal forgets what the control plane has acknowledged; [SavedBudgets] remembers
/// that part and opens the book at start.
///
/// At every moment `spent + reserved <= budget`, except by what a server charged above the bound of
/// a request or what an operator took from the budget afterwards; then nothing more is granted. A
/// tenant without a budget is unlimited; a tenant that is not known has nothing. An amount in
/// another currency than the budget's is refused: nobody said at what rate.
public final class BudgetBook {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Optional<Money>> budgets = new HashMap<>();
    private final Map<Account, Money> spent = new HashMap<>();
    private final Map<Account, Money> reserved = new HashMap<>();
    private final Map<String, Reservation.Granted> open = new LinkedHashMap<>();

    private record Account(String tenant, YearMonth month, String currency) {}

    /// Takes over the tenants' budgets.
    public void apply(Collection<Tenant> tenants) {
        lock.lock();
        try {
            budgets.clear();
            tenants.forEach(it -> budgets.put(it.name(), Optional.ofNullable(it.monthlyBudget())));
        } finally {
            lock.unlock();
        }
    }

    /// Whether an amount would fit now. Says nothing about later: only `reserve` does.
    public boolean fits(String tenant, Money amount, Instant now) {
        lock.lock();
        try {
            return objection(tenant, amount, month(now)) == null;
        } finally {
            lock.unlock();
        }
    }

    /// Sets an amount aside.
    public Reservation reserve(String attemptId, String tenant, Money most, Instant now) {
        lock.lock();
        try {
            var month = month(now);
            var objection =
                    open.containsKey(attemptId)
                            ? "attempt '%s' has a reservation already".formatted(attemptId)
                            : objection(tenant, most, month);
            if (objection != null) {
                return new Reservation.Exceeded(objection);
            }
            var granted = new Reservation.Granted(attemptId, tenant, month, most);
            hold(granted);
            return granted;
        } finally {
            lock.unlock();
        }
    }

    /// Replaces the reserved by the actual amount, in the month of the reservation.
    ///
    /// @return false when the attempt has no open reservation
    public boolean settle(String attemptId, Money actual) {
        if (actual.nanos() < 0) {
            throw new IllegalArgumentException(
                    "attempt '%s' settles at %d; expected an amount >= 0"
                            .formatted(attemptId, actual.nanos()));
        }
        lock.lock();
        try {
            var granted = open.remove(attemptId);
            if (granted == null) {
                return false;
            }
            reserved.computeIfPresent(
                    account(granted, granted.amount()),
                    (_, sum) -> {
                        var rest = sum.minus(granted.amount());
                        return rest.nanos() == 0 ? null : rest;
                    });
            spent.merge(account(granted, actual), actual, BudgetBook::capped);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Reads a record of the journal at start.
    public void replay(JournalRecord journalRecord) {
        switch (journalRecord) {
            case JournalRecord.Reserved it -> {
                lock.lock();
                try {
                    if (!open.containsKey(it.attemptId())) {
                        hold(
                                new Reservation.Granted(
                                        it.attemptId(), it.tenant(), month(it.at()), it.amount()));
                    }
                } finally {
                    lock.unlock();
                }
            }
            case JournalRecord.Settled it -> settle(it.attemptId(), it.amount());
            case JournalRecord.Decided _ -> {} // tells of no money
        }
    }

    /// What a tenant has spent in a month, open reservations left out.
    public record Spent(String tenant, YearMonth month, Money amount) {}

    /// All that a book holds at one moment.
    ///
    /// @param open reservations without a settlement, oldest first
    public record Standing(List<Spent> spent, List<Reservation.Granted> open) {
        public static final Standing NOTHING = new Standing(List.of(), List.of());

        public Standing {
            spent = List.copyOf(spent);
            open = List.copyOf(open);
        }
    }

    /// The book as a value, to be saved.
    public Standing standing() {
        lock.lock();
        try {
            var list = new ArrayList<Spent>();
            spent.forEach(
                    (account, sum) -> list.add(new Spent(account.tenant(), account.month(), sum)));
            return new Standing(list, List.copyOf(open.values()));
        } finally {
            lock.unlock();
        }
    }

    /// Takes over what was saved, at start.
    public void restore(Standing saved) {
        lock.lock();
        try {
            for (var it : saved.spent()) {
                var account = new Account(it.tenant(), it.month(), it.amount().currency());
                spent.merge(account, it.amount(), BudgetBook::capped);
            }
            saved.open().forEach(this::hold);
        } finally {
            lock.unlock();
        }
    }

    /// Open reservations, oldest first.
    public List<Reservation.Granted> open() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    /// What a tenant has spent in the month of `now`, open reservations left out.
    public Money spent(String tenant, String currency, Instant now) {
        return balance(spent, tenant, currency, now);
    }

    /// What a tenant has set aside in the month of `now`.
    public Money reserved(String tenant, String currency, Instant now) {
        return balance(reserved, tenant, currency, now);
    }

    private Money balance(Map<Account, Money> book, String tenant, String currency, Instant now) {
        lock.lock();
        try {
            return book.getOrDefault(
                    new Account(tenant, month(now), currency), Money.zero(currency));
        } finally {
            lock.unlock();
        }
    }

    private void hold(Reservation.Granted granted) {
        open.put(granted.attemptId(), granted);
        reserved.merge(account(granted, granted.amount()), granted.amount(), BudgetBook::capped);
    }

    /// Why an amount cannot be granted, null when it can.
    private @Nullable String objection(String tenant, Money amount, YearMonth month) {
        var budget = budgets.get(tenant);
        if (budget == null) {
            return "tenant '%s' is not known here".formatted(tenant);
        }
        if (amount.nanos() < 0) {
            return "an amount below zero cannot be reserved";
        }
        if (budget.isEmpty()) {
            return null;
        }
        var limit = budget.get();
        if (!limit.currency().equals(amount.currency())) {
            return "the price is in %s but the budget of tenant '%s' is in %s: give both one currency"
                    .formatted(amount.currency(), tenant, limit.currency());
        }
        var account = new Account(tenant, month, limit.currency());
        var used =
                capped(
                        spent.getOrDefault(account, Money.zero(limit.currency())),
                        reserved.getOrDefault(account, Money.zero(limit.currency())));
        long left = limit.nanos() - Math.min(used.nanos(), Math.max(0, limit.nanos()));
        if (used.nanos() <= limit.nanos() && amount.nanos() <= left) {
            return null;
        }
        return "needs up to %d nano-%s, the budget of tenant '%s' for %s has %d left"
                .formatted(amount.nanos(), limit.currency(), tenant, month, Math.max(0, left));
    }

    private static Account account(Reservation.Granted granted, Money amount) {
        return new Account(granted.tenant(), granted.month(), amount.currency());
    }

    /// The exact sum, or the largest amount there is: a book that overflows must stay closed, not
    /// fail and lose the entry.
    private static Money capped(Money one, Money other) {
        try {
            return one.plus(other);
        } catch (ArithmeticException tooLarge) {
            return new Money(Long.MAX_VALUE, one.currency());
        }
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(ZoneOffset.UTC));
    }
}
