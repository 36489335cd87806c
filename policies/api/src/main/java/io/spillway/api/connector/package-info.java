/// What a connector must offer. Implementations are beans or services found at run time; no module
/// compiles against them.
///
/// Two families: [Dialect] is sans-I/O and runs in the router; [FleetDriver], [EndpointProber] and
/// [SecretResolver] do I/O and run in the control plane only. [TokenRef] serves both.
@NullMarked
package io.spillway.api.connector;

import org.jspecify.annotations.NullMarked;
