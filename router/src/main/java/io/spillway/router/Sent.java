package io.spillway.router;

import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.policy.mask.Placeholders;
import io.spillway.router.api.ParsedBody;
import io.spillway.router.forwarding.Egress;
import io.spillway.router.masking.MaskedRequest;
import org.jspecify.annotations.Nullable;

/// What one attempt sends: the request as it came in, or a masked form of it.
///
/// @param job the request
/// @param masked the form that is sent instead, null for the request itself
record Sent(Job job, @Nullable MaskedRequest masked) {

    /// What a decision lets a pool see. The whole request when the decision does not name the pool,
    /// which happens for private pools only where the policy masks.
    static Sent of(Job job, Decision decision, PoolKey pool) {
        if (decision instanceof Decision.Serve serve) {
            for (var candidate : serve.candidates()) {
                if (candidate.pool().equals(pool)) {
                    var form = job.assessment().masked().get(candidate.mask());
                    return new Sent(job, form == null || !form.differs() ? null : form);
                }
            }
        }
        return new Sent(job, null);
    }

    /// The body before a dialect's edits.
    ParsedBody body() {
        return masked == null ? job.body() : masked.body();
    }

    /// Class of that body.
    Classification classification() {
        return masked == null ? job.classification() : masked.classification();
    }

    /// What stands for what in it, null when nothing was replaced.
    @Nullable Placeholders placeholders() {
        return masked == null ? null : masked.placeholders();
    }

    /// What the guard needs to know of what was taken out.
    Egress.@Nullable Masking masking() {
        var form = masked;
        var placeholders = placeholders();
        return form == null || placeholders == null
                ? null
                : new Egress.Masking(form.types(), placeholders.values());
    }
}
