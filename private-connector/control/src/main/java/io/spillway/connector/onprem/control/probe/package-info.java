/// Looking at a model server before it is registered, with problems in an operator's words.
///
/// Start at [EndpointProbe].
@NullMarked
package io.spillway.connector.onprem.control.probe;

import org.jspecify.annotations.NullMarked;
