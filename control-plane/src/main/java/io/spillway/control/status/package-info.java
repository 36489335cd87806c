/// The control plane's own state in one answer, and its health checks. Start at [StatusResource].
@NullMarked
package io.spillway.control.status;

import org.jspecify.annotations.NullMarked;
