/// Grows and shrinks fleets, and keeps their endpoints in step with the machines that exist.
///
/// [FleetKeepers] runs one [FleetKeeper] per fleet on a virtual thread. Each second a keeper looks
/// at what routers report ([LoadBoard]), lets [Autoscaler] say how many machines there should be,
/// has the fleet's driver make or remove them, and registers, probes, drains and removes their
/// endpoints. What exists is asked of the driver each time, so a keeper adopts the machines of an
/// earlier control plane. [Machines] decides what is to change; it does no I/O.
@NullMarked
package io.spillway.control.capacity;

import org.jspecify.annotations.NullMarked;
