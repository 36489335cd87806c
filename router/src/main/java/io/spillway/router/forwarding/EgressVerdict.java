package io.spillway.router.forwarding;

/// What the egress guard says of one attempt.
public sealed interface EgressVerdict {

    /// It may go, once, as the permit says.
    record Permitted(EgressPermit permit) implements EgressVerdict {}

    /// It may not.
    ///
    /// @param reason short stable word for metrics
    /// @param detail what forbids it, for an operator; names and classes only
    record Refused(String reason, String detail) implements EgressVerdict {}
}
