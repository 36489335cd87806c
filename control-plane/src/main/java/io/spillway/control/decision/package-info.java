/// The admin REST of decisions: what routers decided and why. Read only. Start at
/// [DecisionResource].
@NullMarked
package io.spillway.control.decision;

import org.jspecify.annotations.NullMarked;
