/// Which endpoint of a pool takes a request, and how long its first token will take.
///
/// Plain state machines: time is passed in as monotonic nanoseconds, nothing here does I/O. The
/// classes are confined to the lock of the dispatcher that owns them, so they hold none themselves.
/// Rate limits, queues and fairness live in `admission`. Start at [PoolView].
@NullMarked
package io.spillway.router.balancing;

import org.jspecify.annotations.NullMarked;
