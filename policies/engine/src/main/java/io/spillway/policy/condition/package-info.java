/// The conditions of a policy: a declared subset of CEL.
///
/// `dev.cel` parses and type-checks ([CelConditions]); the checked tree becomes our own small typed
/// one ([Condition] over [Term]), which has no loops besides one over the findings and no way to
/// fail besides a missing fact. [ConditionCompiler] turns that into closures. A proof can be made
/// over the same tree.
@NullMarked
package io.spillway.policy.condition;

import org.jspecify.annotations.NullMarked;
