package io.spillway.router.admission;

/// What became of a request to start.
public sealed interface Admission {

    /// Go: the slot must be released, whatever happens.
    record Admitted(Slot slot) implements Admission {}

    /// Wait: the listener of the dispatcher hears of the ticket.
    record Waiting(Ticket ticket) implements Admission {}

    /// Not now.
    ///
    /// @param reason the kind of refusal
    /// @param retryAfterMillis when trying again makes sense, from the rate at which the queue
    ///   drains
    /// @param why for the explanation, in words
    record Refused(Reason reason, long retryAfterMillis, String why) implements Admission {}

    /// The ticket had ended before the call; its wake says how. Nothing is to be done.
    record Ended() implements Admission {}

    /// Kinds of refusal.
    enum Reason {
        /// The policy sheds or degrades instead of waiting.
        FULL,
        /// The queue has no place, or gave it to more urgent work.
        QUEUE_FULL,
        /// No pool may be used by this work.
        NO_POOL,
        /// The pool's retries are used up, or no endpoint is left that was not tried.
        NO_RETRY,
        /// The deadline has passed.
        DEADLINE
    }
}
