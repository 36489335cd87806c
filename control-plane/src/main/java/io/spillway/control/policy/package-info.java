/// The admin REST of the policy: exactly one set is in force; publishing another name replaces it
/// in the same change set. Start at [PolicyResource].
@NullMarked
package io.spillway.control.policy;

import org.jspecify.annotations.NullMarked;
