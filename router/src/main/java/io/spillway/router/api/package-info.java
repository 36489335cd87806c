/// The edge that callers see: the listener, strict checks of what they send, and the answers.
///
/// What passes here is exactly one reading of a request: whatever another reader could understand
/// differently (framing, duplicate keys, encodings) is refused. It decides nothing about placement.
/// Start at [Listener]; the bytes of a connection pass [ConnectionGate] first, a body becomes a
/// [ParsedBody].
@NullMarked
package io.spillway.router.api;

import org.jspecify.annotations.NullMarked;
