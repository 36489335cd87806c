/// Fleets of local processes, for machines without a cloud account: the same life as a cloud fleet,
/// with seconds instead of minutes. Start at [ProcessFleetDriver].
@NullMarked
package io.spillway.connector.cloud.control.process;

import org.jspecify.annotations.NullMarked;
