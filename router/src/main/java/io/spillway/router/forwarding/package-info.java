/// The one way out to model servers.
///
/// Every attempt needs an [EgressPermit], which only [EgressGuard] can make, from the routing state
/// alone and sharing no code with the policy engine: two independent checks must fail before a
/// request goes where it may not. [InferenceClient] writes exactly what the permit binds. Start at
/// [EgressGuard].
@NullMarked
package io.spillway.router.forwarding;

import org.jspecify.annotations.NullMarked;
