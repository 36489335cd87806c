/// The admin REST of fleets: besides the registry's calls, planning and changing their size by
/// hand, and what was done to them. The work itself is done by [io.spillway.control.capacity].
/// Start at [FleetResource].
@NullMarked
package io.spillway.control.fleet;

import org.jspecify.annotations.NullMarked;
