/// Says why a decision came out as it did, as a tree.
///
/// Start at [Why]. Unlike the explanation that every decision carries it evaluates each part of
/// each condition, so it is for people and never on the way of a request.
@NullMarked
package io.spillway.policy.explain;

import org.jspecify.annotations.NullMarked;
