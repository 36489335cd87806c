/// The origin's end of the sync link: change sets out to replicas, journals and load reports in.
/// [SyncListener] is where routers connect; [SyncResource] tells operators how far they are.
@NullMarked
package io.spillway.control.sync;

import org.jspecify.annotations.NullMarked;
