/// Finds personal data and secrets in text, in one pass over its UTF-8 bytes.
///
/// The pass looks only for anchors (a digit, an `@`, the beginning of a known prefix); exact
/// validators (check digits, dates, address syntax, entropy) run at the few places that anchors
/// point to, over a bounded window. Text never leaves: a finding holds where and what, not the
/// words. Start at [Detectors].
@NullMarked
package io.spillway.policy.detect;

import org.jspecify.annotations.NullMarked;
