/// The router's own record of reservations, settlements and decisions, kept on its disk until the
/// control plane has it.
///
/// Start at [Journal]; the file format is in `Segment`.
@NullMarked
package io.spillway.sync.log.journal;

import org.jspecify.annotations.NullMarked;
