/// The places that serve models, and what is known about them.
///
/// These records are the objects of the registry: the control plane stores them, the sync layer
/// carries them, a router decides by them. Start at [Environment].
@NullMarked
package io.spillway.api.environment;

import org.jspecify.annotations.NullMarked;
