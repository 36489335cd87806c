/// The data class of a request: floors, what was seen in its session, what the policy finds in its
/// text.
///
/// Whatever fails here makes the class the highest. Start at [Classifier].
@NullMarked
package io.spillway.router.classification;

import org.jspecify.annotations.NullMarked;
