/// Takes findings out of a request before it leaves, and puts them back into the answer.
///
/// [Masker] replaces values by placeholders, `[EMAIL_k7f3p9_1]`, whose random tag occurs nowhere in
/// the request; [Restorer] finds the placeholders in an answer, whole or in pieces, and puts the
/// values back, escaped for the place where they stand. What was replaced is known to the request's
/// own [Placeholders] alone. Sans-I/O; randomness comes in as a parameter. Start at [Masker].
@NullMarked
package io.spillway.policy.mask;

import org.jspecify.annotations.NullMarked;
