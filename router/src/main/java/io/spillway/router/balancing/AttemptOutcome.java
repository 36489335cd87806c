package io.spillway.router.balancing;

import java.util.OptionalLong;

/// How an attempt at an endpoint ended, as far as balancing and fairness care.
///
/// @param kind what it says about the endpoint
/// @param promptTokens prompt tokens the server stated, 0 when it stated none
/// @param completionTokens generated tokens the server stated, 0 when it stated none
/// @param retryAfterMillis how long the server asked to be left alone; empty when it did not
public record AttemptOutcome(
        Kind kind, long promptTokens, long completionTokens, OptionalLong retryAfterMillis) {

    /// What an ending says about the endpoint.
    public enum Kind {
        /// It answered in full.
        OK,
        /// It refused the request as wrong: the endpoint is well.
        CALLER_ERROR,
        /// The caller left or a deadline passed: says nothing about the endpoint.
        CANCELLED,
        /// It refused for load (429, 503): back off, but it is not broken.
        OVERLOADED,
        /// No connection, a server error, a broken stream, refused credentials.
        FAILED,
        /// The slot was given back before anything was sent, for example because no money was left.
        UNSENT
    }

    /// A full answer.
    public static AttemptOutcome ok(long promptTokens, long completionTokens) {
        return new AttemptOutcome(Kind.OK, promptTokens, completionTokens, OptionalLong.empty());
    }

    /// Any other ending, without token counts.
    public static AttemptOutcome of(Kind kind) {
        return new AttemptOutcome(kind, 0, 0, OptionalLong.empty());
    }

    /// A refusal for load.
    public static AttemptOutcome overloaded(OptionalLong retryAfterMillis) {
        return new AttemptOutcome(Kind.OVERLOADED, 0, 0, retryAfterMillis);
    }
}
