/// Everything that stands in for machines and callers we do not have: model servers, load, faults.
///
/// [io.spillway.testbed.server] is a model server that speaks vLLM's API over the batching model in
/// [io.spillway.testbed.engine]; [io.spillway.testbed.replay] sends a recorded load through a
/// running stack.
@NullMarked
package io.spillway.testbed;

import org.jspecify.annotations.NullMarked;
