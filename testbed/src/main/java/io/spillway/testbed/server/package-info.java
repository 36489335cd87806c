/// A model server without a GPU: vLLM's HTTP API and metrics page over simulated engines.
///
/// It answers as a real server would as far as a router can tell: timing follows measured step
/// times, load shows on `/metrics`, a client that leaves frees its share within a step. Besides, it
/// breaks on demand ([Faults]) and remembers which canaries reached it ([Canaries]). Start at
/// [SimulatedServer]. All state is confined to the server's one event loop unless said otherwise.
@NullMarked
package io.spillway.testbed.server;

import org.jspecify.annotations.NullMarked;
