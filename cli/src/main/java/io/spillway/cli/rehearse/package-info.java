/// Measuring and rehearsing: how well detection works on labelled texts, and what a candidate
/// policy would have done.
///
/// Files, progress and tables; the counting is the policy engine's. Start at [EvaluateCommand].
@NullMarked
package io.spillway.cli.rehearse;

import org.jspecify.annotations.NullMarked;
