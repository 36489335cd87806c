/// A policy file as records that remember where they stood.
///
/// [PolicyReader] reads YAML, refuses unknown keys and wrong types, and reports every mistake with
/// its line and column. It knows nothing of conditions but their text: those are compiled later and
/// report through [Expression#at].
@NullMarked
package io.spillway.policy.document;

import org.jspecify.annotations.NullMarked;
