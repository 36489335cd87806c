package io.spillway.router.admission;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Who has had how much of a pool: the virtual token counter (Sheng et al., "Fairness in Serving
/// Large Language Models", OSDI 2024).
///
/// Each tenant has a counter; the waiting tenant with the smallest goes next, and its counter grows
/// by `(prompt tokens + 2 x generated tokens) / weight`. A tenant that begins to wait is lifted to
/// the smallest counter among those waiting, or, when none waits, to that of the tenant served
/// last: nobody saves up a claim while idle.
///
/// Deviation: the paper charges each generated token in the step that makes it, which only the
/// model server sees. We charge the expected tokens at the start and correct at the end. While all
/// wait, two tenants' charged shares differ by at most the largest single charge, plus what
/// expectations were off for requests in flight.
final class FairShare {
    private static final long OUTPUT_WEIGHT = 2;

    private final Map<String, Integer> weights;
    private final Map<String, Double> counters = new HashMap<>();
    private double lastServed;

    FairShare(Map<String, Integer> weights) {
        this.weights = weights;
    }

    static long cost(long promptTokens, long outputTokens) {
        return promptTokens + OUTPUT_WEIGHT * outputTokens;
    }

    double counter(String tenant) {
        return counters.getOrDefault(tenant, lastServed);
    }

    /// A tenant without waiting work brings some.
    ///
    /// @param waiting tenants that wait already
    void arrives(String tenant, Collection<String> waiting) {
        double floor = lastServed;
        if (!waiting.isEmpty()) {
            floor = waiting.stream().mapToDouble(this::counter).min().orElse(lastServed);
        }
        counters.put(tenant, Math.max(counters.getOrDefault(tenant, floor), floor));
    }

    /// A tenant's work starts.
    void charge(String tenant, long cost) {
        lastServed = counter(tenant);
        correct(tenant, cost);
    }

    /// The charge turned out to be off by so much.
    void correct(String tenant, long difference) {
        double weight = weights.getOrDefault(tenant, 1);
        counters.put(tenant, counter(tenant) + difference / weight);
    }

    /// Forgets tenants that are gone.
    void retain(Set<String> tenants) {
        counters.keySet().retainAll(tenants);
    }
}
