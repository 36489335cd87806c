package io.spillway.router.forwarding;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.ResponseObserver;
import org.jspecify.annotations.Nullable;

/// What an attempt needs to know besides its permit.
///
/// @param dialect wire format of the endpoint
/// @param path path and query at the endpoint
/// @param stream whether the caller asked for a stream
/// @param dropUsage whether the usage-only event was our wish and not the caller's
/// @param observer watches the answer
/// @param token bearer token of the endpoint, null for none
/// @param traceParent W3C trace context, made by us
/// @param edit changes the answer on its way, null when it passes as it comes
public record OutboundCall(
        Dialect dialect,
        String path,
        boolean stream,
        boolean dropUsage,
        ResponseObserver observer,
        @Nullable String token,
        String traceParent,
        @Nullable AnswerEdit edit) {

    /// Without the token.
    @Override
    public String toString() {
        return "OutboundCall[path=%s, stream=%s]".formatted(path, stream);
    }
}
