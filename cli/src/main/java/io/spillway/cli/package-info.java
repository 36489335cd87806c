/// The `spillway` command. Start at [Spillway]; `stack` starts and stops a whole installation on
/// one machine, `admin` talks to a control plane.
@NullMarked
package io.spillway.cli;

import org.jspecify.annotations.NullMarked;
