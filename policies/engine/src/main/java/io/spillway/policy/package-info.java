/// Turns a policy file into decisions: which data class a request has and where it may run.
///
/// Pure functions over values: no I/O, no clock, no framework, so the router, tests and simulations
/// run the same code. A file is read by `document`, its conditions are compiled by `condition`, its
/// rules are applied by `rule`; `detect` finds personal data and secrets in text. Start at
/// [PolicyCompiler].
@NullMarked
package io.spillway.policy;

import org.jspecify.annotations.NullMarked;
