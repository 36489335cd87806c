/// The policy as the data plane sees it: what a request's class is, and where it may go.
///
/// Values in, values out: no I/O, no clock. Start at [Policy].
@NullMarked
package io.spillway.router.decision;

import org.jspecify.annotations.NullMarked;
