/// What changes, and for whom, when one policy takes the place of another.
///
/// Start at [PolicyDiff]. It compares the rules by name and then decides many requests under both,
/// made of the constants that either policy mentions. That finds what people ask about; only the
/// proof can say that nothing else changes.
@NullMarked
package io.spillway.policy.diff;

import org.jspecify.annotations.NullMarked;
