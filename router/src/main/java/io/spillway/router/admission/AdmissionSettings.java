package io.spillway.router.admission;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What an operator may tune.
///
/// @param router name of this router, for its load reports
/// @param slots requests in flight per endpoint
/// @param privateHeadroom share of a private pool's slots that spillable work leaves free, 0.0 to
///   1.0
/// @param queue bounds of a pool's queue
/// @param agingNanos a band with waiting requests counts one higher for each such time in which
///   none of them got its turn, so that no band starves
/// @param withoutMetrics names of dialects whose servers publish no load
/// @param tenantWeights share of a tenant against others, 1 where absent
public record AdmissionSettings(
        String router,
        Slots slots,
        double privateHeadroom,
        Queue queue,
        long agingNanos,
        Set<String> withoutMetrics,
        Map<String, Integer> tenantWeights) {

    public AdmissionSettings {
        withoutMetrics = Set.copyOf(withoutMetrics);
        tenantWeights = Map.copyOf(tenantWeights);
        if (!(privateHeadroom >= 0.0 && privateHeadroom < 1.0) || agingNanos <= 0) {
            throw new IllegalArgumentException(
                    "admission has privateHeadroom=%s, agingNanos=%d; expected 0.0 <= privateHeadroom < 1.0 and agingNanos > 0"
                            .formatted(privateHeadroom, agingNanos));
        }
        if (tenantWeights.values().stream().anyMatch(weight -> weight < 1)) {
            throw new IllegalArgumentException(
                    "admission has tenantWeights=%s; expected each >= 1".formatted(tenantWeights));
        }
    }

    /// Settings that suit most servers.
    public static AdmissionSettings defaults(String router) {
        return new AdmissionSettings(
                router,
                new Slots(32, 4, 1024),
                0.2,
                new Queue(32, 1024, Duration.ofSeconds(30).toNanos(), 4096),
                Duration.ofSeconds(5).toNanos(),
                Set.of(),
                Map.of());
    }

    /// The same with these dialects known to publish no load.
    public AdmissionSettings withoutMetrics(Set<String> dialects) {
        return new AdmissionSettings(
                router, slots, privateHeadroom, queue, agingNanos, dialects, tenantWeights);
    }

    /// The same with other bounds on requests in flight.
    public AdmissionSettings withSlots(Slots other) {
        return new AdmissionSettings(
                router, other, privateHeadroom, queue, agingNanos, withoutMetrics, tenantWeights);
    }

    /// The same with other bounds on queues.
    public AdmissionSettings withQueue(Queue other) {
        return new AdmissionSettings(
                router, slots, privateHeadroom, other, agingNanos, withoutMetrics, tenantWeights);
    }

    /// Bounds on the requests in flight per endpoint; the limit moves between them.
    ///
    /// @param start limit before anything is known
    /// @param least never below
    /// @param most never above
    public record Slots(int start, int least, int most) {
        public Slots {
            if (least < 1 || start < least || most < start) {
                throw new IllegalArgumentException(
                        "slots have start=%d, least=%d, most=%d; expected 1 <= least <= start <= most"
                                .formatted(start, least, most));
            }
        }
    }

    /// Bounds on a pool's queue: as many requests as can start within a time, between two numbers.
    ///
    /// @param least places there are however slow the pool is, and even without an endpoint
    /// @param most places there are however fast it is
    /// @param worthNanos time in which the last of the queue should start: longer waiting serves
    ///   nobody
    /// @param tokensPerPlace most estimated tokens per place, all places together
    public record Queue(int least, int most, long worthNanos, int tokensPerPlace) {
        public Queue {
            if (least < 1 || most < least || worthNanos < 0 || tokensPerPlace < 1) {
                throw new IllegalArgumentException(
                        "queue has least=%d, most=%d, worthNanos=%d, tokensPerPlace=%d; expected 1 <= least <= most, worthNanos >= 0, tokensPerPlace >= 1"
                                .formatted(least, most, worthNanos, tokensPerPlace));
            }
        }

        /// Places when so many requests end per second.
        int places(double drainPerSecond) {
            return (int) Math.clamp(drainPerSecond * worthNanos / 1e9, least, most);
        }
    }
}
