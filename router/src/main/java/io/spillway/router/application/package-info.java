/// The router as a process: configuration, start and stop, health, and the link to the control
/// plane around a [io.spillway.router.DataPlane].
///
/// Start at [RouterRuntime].
@NullMarked
package io.spillway.router.application;

import org.jspecify.annotations.NullMarked;
