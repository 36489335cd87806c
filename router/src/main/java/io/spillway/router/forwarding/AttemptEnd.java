package io.spillway.router.forwarding;

import io.spillway.api.connector.UpstreamFailure;
import java.util.OptionalLong;

/// How one attempt at a model server ended.
public sealed interface AttemptEnd {

    /// The whole answer passed.
    record Complete() implements AttemptEnd {}

    /// The server answered with an error. Nothing was passed on.
    ///
    /// @param retryAfterMillis how long it asked to be left alone; empty when it did not
    record Refused(UpstreamFailure failure, OptionalLong retryAfterMillis) implements AttemptEnd {}

    /// No connection, no answer, or an answer that broke off.
    ///
    /// @param reason short stable word, such as `connect`, `reset`, `truncated` or `stalled`
    record Broken(String reason) implements AttemptEnd {}

    /// The permit was not good for it: nothing was sent.
    ///
    /// @param reason short stable word
    record NotPermitted(String reason) implements AttemptEnd {}

    /// The state changed while it waited for a connection: nothing was sent, decide again.
    record Outdated() implements AttemptEnd {}
}
