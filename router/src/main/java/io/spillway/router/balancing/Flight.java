package io.spillway.router.balancing;

/// One request at an endpoint, from dispatch to its end. Opaque outside this package.
public final class Flight {
    final EndpointView endpoint;
    final PoolView.Demand demand;
    final TtftModel.Load load;
    final boolean loadKnown;
    final double predictedMillis;
    final boolean retry;
    final boolean trial;
    final long sentAt;

    Flight(EndpointView endpoint, PoolView.Demand demand, Aim aim, boolean trial) {
        this.endpoint = endpoint;
        this.demand = demand;
        this.load = aim.load;
        this.loadKnown = aim.loadKnown;
        this.predictedMillis = aim.predictedMillis;
        this.retry = aim.retry;
        this.trial = trial;
        this.sentAt = aim.now;
    }

    /// The circumstances of a dispatch.
    record Aim(
            TtftModel.Load load,
            boolean loadKnown,
            double predictedMillis,
            boolean retry,
            long now) {}

    /// Whether it still computes its prompt, as far as one can tell: a first token that will not be
    /// seen is taken to come when predicted.
    boolean prefilling(long now) {
        return demand.stream() || (now - sentAt) / 1e6 < predictedMillis;
    }
}
