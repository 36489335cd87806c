package io.spillway.router.accounting;

import io.spillway.api.connector.ResponseObserver.Usage;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.journal.Receipt;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The money of one attempt: reserved before it is sent, settled once after. Confined to one event
/// loop.
public final class AttemptLedger {

    /// Where records go. May be called from any thread; never blocks.
    public interface Sink {
        /// Takes a record that nobody waits for, or says why not.
        Receipt append(JournalRecord entry);

        /// Takes a record that must be on the disk before something else may happen.
        Receipt appendDurably(JournalRecord entry);
    }

    /// Whether an attempt may be sent.
    public sealed interface Opening {

        /// It may, once `durable` has completed normally.
        record Open(CompletableFuture<?> durable) implements Opening {}

        /// The tenant has no money left for it.
        record NoMoney(String why) implements Opening {}

        /// The reservation cannot be written down, so nothing may be spent.
        record NoJournal(String why) implements Opening {}
    }

    private final Sink sink;
    private final BudgetBook budget;
    private final JournalRecord.Reserved reserved;
    private final Pool pool;
    private boolean open;

    /// @param reserved the reservation as it will be written down
    public AttemptLedger(Sink sink, BudgetBook budget, JournalRecord.Reserved reserved, Pool pool) {
        this.sink = sink;
        this.budget = budget;
        this.reserved = reserved;
        this.pool = pool;
    }

    /// Reserves the attempt's money.
    public Opening open(Instant now) {
        boolean paid = Prices.paid(pool);
        if (paid
                && budget.reserve(reserved.attemptId(), reserved.tenant(), reserved.amount(), now)
                        instanceof Reservation.Exceeded(var why)) {
            return new Opening.NoMoney(why);
        }
        return switch (paid ? sink.appendDurably(reserved) : sink.append(reserved)) {
            case Receipt.Accepted(var durable) -> {
                open = true;
                // What costs nothing need not wait for the disk.
                yield new Opening.Open(paid ? durable : CompletableFuture.completedFuture(null));
            }
            case Receipt.Full(var why) -> {
                if (!paid) {
                    // Private service goes on; the journal counts what it could not take.
                    yield new Opening.Open(CompletableFuture.completedFuture(null));
                }
                budget.settle(reserved.attemptId(), none());
                yield new Opening.NoJournal(why);
            }
        };
    }

    /// Settles by what the server stated; without a statement at the reserved amount when the
    /// attempt was sent, at nothing when it was not or when the server refused it.
    ///
    /// @param outcome `ok`, `cancelled` or `failed`
    /// @param free whether nothing can have been spent
    public void settle(String outcome, @Nullable Usage usage, boolean free, Instant now) {
        if (!open) {
            return;
        }
        open = false;
        long prompt = usage == null ? 0 : usage.promptTokens();
        long completion = usage == null ? 0 : usage.completionTokens();
        var amount = reserved.amount();
        if (usage != null) {
            amount = Prices.cost(pool, prompt, completion);
        } else if (free) {
            amount = none();
        }
        budget.settle(reserved.attemptId(), amount);
        sink.append(
                new JournalRecord.Settled(
                        now,
                        reserved.attemptId(),
                        outcome,
                        prompt,
                        completion,
                        amount,
                        usage == null && !free));
    }

    private Money none() {
        return Money.zero(reserved.amount().currency());
    }
}
