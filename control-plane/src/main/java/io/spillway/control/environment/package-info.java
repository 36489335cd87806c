/// The admin REST of environments. Start at [EnvironmentResource]; the rules are in
/// [io.spillway.control.registry].
@NullMarked
package io.spillway.control.environment;

import org.jspecify.annotations.NullMarked;
