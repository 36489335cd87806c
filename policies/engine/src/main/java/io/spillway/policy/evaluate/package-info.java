/// Measures detection on labelled texts: precision and recall by type and by request, and what
/// false raises cost.
///
/// Values only; files are read elsewhere. Start at [Evaluation], which takes one [Sample] after the
/// other and keeps nothing but counts. [Labels] knows what the labels of others mean here.
@NullMarked
package io.spillway.policy.evaluate;

import org.jspecify.annotations.NullMarked;
