/// Who may call the admin REST: whoever holds the admin token, on a listener that strangers cannot
/// read. Everything under `/api` is denied by default, also what does not exist.
///
/// Start at [TokenFilter].
@NullMarked
package io.spillway.control.access;

import org.jspecify.annotations.NullMarked;
