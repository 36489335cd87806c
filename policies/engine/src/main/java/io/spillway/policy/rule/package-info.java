/// Applies the compiled rules of a policy to one request.
///
/// [Classifier] takes the strictest of all classification rules; [Placer] takes the first placement
/// rule that matches and removes from what it selects everything that may not be. Whatever cannot
/// be evaluated falls on the side that keeps the request at home.
@NullMarked
package io.spillway.policy.rule;

import org.jspecify.annotations.NullMarked;
