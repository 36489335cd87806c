/// What a connector must offer. Implementations are beans or services found at run time; no module
/// compiles against them.
///
/// Two families: [Dialect] is sans-I/O and runs in the router; [FleetDriver] does I/O and runs in
/// the control plane only.
@NullMarked
package io.spillway.api.connector;

import org.jspecify.annotations.NullMarked;
