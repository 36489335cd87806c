/// What fleet drivers share: the options of simulated servers, the identity of processes, files
/// that survive a crash. Start at [ServerOptions].
@NullMarked
package io.spillway.connector.cloud.control.fleet;

import org.jspecify.annotations.NullMarked;
