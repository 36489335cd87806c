/// The admin REST of models. Start at [ModelResource]; the rules are in
/// [io.spillway.control.registry].
@NullMarked
package io.spillway.control.model;

import org.jspecify.annotations.NullMarked;
