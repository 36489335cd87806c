package io.spillway.router.admission;

/// Something that happened to a waiting ticket.
public sealed interface Wake {

    /// The ticket.
    Ticket ticket();

    /// Evaluate the policy again with [Dispatcher#facts(Ticket, long)] and call
    /// [Dispatcher#admit(Ticket, io.spillway.api.decision.Decision, long)], or [Dispatcher#cancel].
    /// A slot may be held for the ticket meanwhile, for a short time.
    record Redecide(Ticket ticket) implements Wake {}

    /// Its deadline passed; it has left the queue.
    record Expired(Ticket ticket) implements Wake {}

    /// It had to make room; it has left the queue.
    record Shed(Ticket ticket, Admission.Refused refused) implements Wake {}
}
