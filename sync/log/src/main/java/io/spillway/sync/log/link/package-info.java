/// A router's end of the sync link: the change stream coming in, journal and load going out.
///
/// All of it runs on virtual threads and blocks there. What arrives is decided in
/// [io.spillway.sync.log.replica.Replica]; here are sockets, time-outs and reconnecting. Start at
/// [ReplicaLink].
@NullMarked
package io.spillway.sync.log.link;

import org.jspecify.annotations.NullMarked;
