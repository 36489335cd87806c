/// Everything one decision is made of, as one value that can be written down and decided again.
///
/// A proof's counterexample, a decision that was recorded and a request that somebody asks to be
/// explained are all [Features]. There is no text of a prompt in it: findings are named by type.
@NullMarked
package io.spillway.policy.features;

import org.jspecify.annotations.NullMarked;
