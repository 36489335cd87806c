package io.spillway.router.accounting;

import io.spillway.api.decision.Decision;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision without the pools that the tenant's budget does not reach. Private pools cost nothing
/// and always stay.
///
/// @param decision what is left of it, null when nothing is: `budget_exceeded`
/// @param dropped the pools taken out
public record Affordable(@Nullable Decision decision, Map<PoolKey, Pool> dropped) {

    public Affordable {
        dropped = Map.copyOf(dropped);
    }

    /// Leaves out what does not fit. A look only: `reserve` decides.
    ///
    /// @param pools the registry's pools
    public static Affordable of(
            Decision decision,
            BudgetBook book,
            String tenant,
            TokenBound bound,
            Map<PoolKey, Pool> pools,
            Instant now) {
        var dropped = new LinkedHashMap<PoolKey, Pool>();
        for (var key : poolsOf(decision)) {
            var pool = pools.get(key);
            if (pool != null && Prices.paid(pool) && !fits(book, tenant, bound, pool, now)) {
                dropped.put(key, pool);
            }
        }
        return new Affordable(dropped.isEmpty() ? decision : without(decision, dropped), dropped);
    }

    private static boolean fits(
            BudgetBook book, String tenant, TokenBound bound, Pool pool, Instant now) {
        try {
            return book.fits(tenant, bound.mostIn(pool), now);
        } catch (ArithmeticException moreThanAnyBudget) {
            return false;
        }
    }

    private static Iterable<PoolKey> poolsOf(Decision decision) {
        return switch (decision) {
            case Decision.Serve it -> it.candidates().stream().map(c -> c.pool()).toList();
            case Decision.Queue it -> it.pools();
            case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> List.of();
        };
    }

    private static @Nullable Decision without(Decision decision, Map<PoolKey, Pool> dropped) {
        return switch (decision) {
            case Decision.Serve it -> {
                var rest =
                        it.candidates().stream()
                                .filter(candidate -> !dropped.containsKey(candidate.pool()))
                                .toList();
                yield rest.isEmpty()
                        ? null
                        : new Decision.Serve(rest, it.whenFull(), it.explanation());
            }
            case Decision.Queue it -> {
                var rest = it.pools().stream().filter(key -> !dropped.containsKey(key)).toList();
                yield rest.isEmpty() ? null : new Decision.Queue(rest, it.explanation());
            }
            case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> decision;
        };
    }
}
