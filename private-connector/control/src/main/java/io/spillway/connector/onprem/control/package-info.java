/// Control of private clusters: everything about them that needs sockets or files and is not on the
/// way of a request. Runs in the control plane only.
///
/// Start at `probe` (what is this server?) and `secret` (where is its token?).
@NullMarked
package io.spillway.connector.onprem.control;

import org.jspecify.annotations.NullMarked;
