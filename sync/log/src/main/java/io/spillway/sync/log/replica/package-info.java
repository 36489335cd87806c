/// The state that a router keeps of the registry, and how it survives a restart.
///
/// [Replica] is a state machine without I/O: frames and the time go in, outcomes come out.
/// [SnapshotStore] is its disk. Sockets are in `link`. Start at [Replica].
@NullMarked
package io.spillway.sync.log.replica;

import org.jspecify.annotations.NullMarked;
