/// Fleets made by Terraform: one working directory, one state and one log per run for each fleet.
///
/// Without a module of its own a fleet uses the shipped `local-fleet`, which starts processes on
/// this machine. Start at [TerraformFleetDriver]; [Workspace] says what lies where.
@NullMarked
package io.spillway.connector.cloud.control.terraform;

import org.jspecify.annotations.NullMarked;
