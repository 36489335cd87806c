/// The control plane: the registry and its admin REST, the capacity loop, the home of the routers'
/// journals and the source of their state.
///
/// One package per REST resource. Every change goes through
/// [io.spillway.control.registry.Registry], which is where to start; what runs without being asked
/// is in [io.spillway.control.capacity] and [io.spillway.control.sync].
@NullMarked
package io.spillway.control;

import org.jspecify.annotations.NullMarked;
