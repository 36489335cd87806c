package io.spillway.router.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spillway.api.environment.ApiKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Requests a minute per key, or per what else a policy limits: a token bucket that holds one
/// minute's worth. Thread-safe.
public final class RequestRate {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(100_000)
                    // A bucket is full again after a minute, so forgetting it then changes nothing.
                    .expireAfterAccess(Duration.ofMinutes(2))
                    .build();

    /// Takes one request from the key's bucket.
    ///
    /// @return 0 when it may go, else nanoseconds until the next may
    public long take(ApiKey key, long nowNanos) {
        var limit = key.requestsPerMinute();
        if (limit == null) {
            return 0;
        }
        return take(key.id(), limit, nowNanos);
    }

    /// Takes one request from a bucket.
    ///
    /// @param bucket whose requests are counted together
    /// @param limit most requests a minute
    /// @return 0 when it may go, else nanoseconds until the next may
    public long take(String bucket, int limit, long nowNanos) {
        if (limit <= 0) {
            return MINUTE_NANOS;
        }
        return buckets.get(bucket, _ -> new Bucket(limit, nowNanos)).take(limit, nowNanos);
    }

    private static final class Bucket {
        private double tokens;
        private long at;

        Bucket(int limit, long now) {
            tokens = limit;
            at = now;
        }

        synchronized long take(int limit, long now) {
            double refill = (double) Math.max(0, now - at) * limit / MINUTE_NANOS;
            tokens = Math.min(limit, tokens + refill);
            at = Math.max(at, now);
            if (tokens >= 1) {
                tokens -= 1;
                return 0;
            }
            return (long) Math.ceil((1 - tokens) * MINUTE_NANOS / limit);
        }
    }
}
