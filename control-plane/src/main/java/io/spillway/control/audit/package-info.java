/// Who did what and when: one append-only row per mutating admin call, in the transaction of what
/// it changes, so that what cannot be recorded does not happen. Start at [Audit].
@NullMarked
package io.spillway.control.audit;

import org.jspecify.annotations.NullMarked;
