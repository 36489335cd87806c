package io.spillway.router.accounting;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;

/// Exact prices.
public final class Prices {
    private Prices() {}

    /// What so many tokens cost in a pool, exactly.
    ///
    /// @throws ArithmeticException when it does not fit a `long` of nano-units
    public static Money cost(Pool pool, long promptTokens, long completionTokens) {
        return pool.inputPrice()
                .times(promptTokens)
                .plus(pool.outputPrice().times(completionTokens));
    }

    /// Whether requests there cost money at all.
    public static boolean paid(Pool pool) {
        return pool.inputPrice().nanos() > 0 || pool.outputPrice().nanos() > 0;
    }
}
