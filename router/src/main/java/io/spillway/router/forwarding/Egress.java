package io.spillway.router.forwarding;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.request.DataClass;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One attempt that wants to leave the router.
///
/// @param decisionId the decision
/// @param attempt 1, 2, ...
/// @param tenant name of the caller's tenant
/// @param keyHash hash of the caller's key, by which the guard looks it up again
/// @param model the model name that is served now
/// @param requestedModel the model name the caller sent
/// @param dataClass class of the request
/// @param unscanned kinds of content that no detector could read
/// @param endpoint where it wants to go
/// @param address the address that the endpoint's host resolved to
/// @param body exactly what is to be sent; nobody may change it any more
/// @param masking what was taken out of the body, so that `dataClass` is lower than that of the
///   request; null when the body is the request's own
@SuppressWarnings("ArrayRecordComponent") // a body, never compared
public record Egress(
        String decisionId,
        int attempt,
        String tenant,
        String keyHash,
        String model,
        String requestedModel,
        DataClass dataClass,
        Set<String> unscanned,
        Endpoint endpoint,
        InetAddress address,
        byte[] body,
        @Nullable Masking masking) {

    /// What was taken out of a body.
    ///
    /// @param types types of the findings
    /// @param values their values, which must not occur in the body
    public record Masking(Set<String> types, Set<String> values) {
        public Masking {
            types = Set.copyOf(types);
            values = Set.copyOf(values);
        }

        /// Without the values.
        @Override
        public String toString() {
            return "Masking[types=%s, values=%d]".formatted(types, values.size());
        }
    }

    public Egress {
        unscanned = Set.copyOf(unscanned);
    }

    /// Without body and hash.
    @Override
    public String toString() {
        return "Egress[decision=%s, attempt=%d, endpoint=%s, dataClass=%s]"
                .formatted(decisionId, attempt, endpoint.id(), dataClass.wire());
    }
}
