/// Who may start now, who waits, who is refused.
///
/// Bounded queues with priority bands, fair shares by token cost, deadlines and reserved headroom
/// for requests that may use private capacity only. Time comes in as monotonic nanoseconds; nothing
/// here does I/O. Where a request may go at all is decided elsewhere and comes in as a
/// [io.spillway.api.decision.Decision]. Start at [Dispatcher].
@NullMarked
package io.spillway.router.admission;

import org.jspecify.annotations.NullMarked;
