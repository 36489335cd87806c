/// Rehearses a candidate policy: decides recorded requests again and says what would change.
///
/// Values only; logs are read elsewhere. Start at [Rehearsal]. Each request is decided on the facts
/// of its own moment, under the policy of then and under the candidate. That a different decision
/// would have changed queues, and so the facts of later requests, is left out: that takes a
/// simulation of time.
@NullMarked
package io.spillway.policy.simulate;

import org.jspecify.annotations.NullMarked;
