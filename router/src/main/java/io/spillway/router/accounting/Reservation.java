package io.spillway.router.accounting;

import io.spillway.api.environment.Money;
import java.time.YearMonth;

/// The answer to the wish to set money aside.
public sealed interface Reservation {

    /// Set aside.
    record Granted(String attemptId, String tenant, YearMonth month, Money amount)
            implements Reservation {}

    /// It does not fit: this pool is not usable for this request, others may be.
    ///
    /// @param why in words, with the figures
    record Exceeded(String why) implements Reservation {}
}
