/// Where a request goes, and why.
///
/// Everything here is a value: no clock, no I/O, no framework. A policy turns facts into a
/// [Decision]; the router acts on it. Start at [Decision].
@NullMarked
package io.spillway.api.decision;

import org.jspecify.annotations.NullMarked;
