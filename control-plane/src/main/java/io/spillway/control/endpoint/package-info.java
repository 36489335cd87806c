/// The admin REST of endpoints: besides the registry's calls, looking at a model server before it
/// is registered, and taking one out of service and back. Start at [EndpointResource].
@NullMarked
package io.spillway.control.endpoint;

import org.jspecify.annotations.NullMarked;
