/// The admin REST of pools. Start at [PoolResource]; the rules are in
/// [io.spillway.control.registry].
@NullMarked
package io.spillway.control.pool;

import org.jspecify.annotations.NullMarked;
