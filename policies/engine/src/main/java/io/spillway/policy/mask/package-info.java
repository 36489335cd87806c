/// Takes findings out of a request before it leaves, and puts them back into the answer.
///
/// Sans-I/O; randomness comes in as a parameter. Start at [Maskable], which says what can be masked
/// at all.
@NullMarked
package io.spillway.policy.mask;

import org.jspecify.annotations.NullMarked;
