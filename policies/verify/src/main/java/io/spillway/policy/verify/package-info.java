/// Proves what a policy can never do, or shows a request that does it.
///
/// The checked conditions of a policy are translated for the Z3 solver; whatever changes by the
/// second is free there, so a proof holds for every load, price and time. Every counterexample is
/// replayed through the engine before it is shown. The solver is native code: the control plane and
/// the command line use this package, a router never does. Start at [Verifier].
@NullMarked
package io.spillway.policy.verify;

import org.jspecify.annotations.NullMarked;
