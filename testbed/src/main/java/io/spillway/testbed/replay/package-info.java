/// Sends a recorded load through a running stack and judges what came of it.
///
/// Each request carries a canary and a label that says whether it is sensitive. The label, never
/// what the router made of it, is the truth; a leak is a canary of a sensitive request in the bytes
/// that a public server received. Start at [Replay].
@NullMarked
package io.spillway.testbed.replay;

import org.jspecify.annotations.NullMarked;
