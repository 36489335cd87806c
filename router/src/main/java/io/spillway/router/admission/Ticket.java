package io.spillway.router.admission;

/// A place in the queue. It ends exactly once: by [Dispatcher#admit(Ticket, Decision, long)]
/// answering `Admitted` or `Refused`, by [Dispatcher#cancel], or by a [Wake] that says `Expired` or
/// `Shed`.
///
/// @param id unique in this dispatcher
/// @param work what waits
/// @param queuedAt when it began to wait
public record Ticket(long id, Work work, long queuedAt) {}
