/// A whole Spillway on one machine: files, ports, keys and processes.
///
/// Every process is recorded with its start time before anything depends on it, so `down` can end
/// exactly what was started even when nothing else works any more. Start at [Up].
@NullMarked
package io.spillway.cli.stack;

import org.jspecify.annotations.NullMarked;
