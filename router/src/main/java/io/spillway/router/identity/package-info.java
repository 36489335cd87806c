/// From a bearer key to a caller, decided from the request's head alone.
///
/// A key's text is hashed before anything else sees it. Start at [Identity].
@NullMarked
package io.spillway.router.identity;

import org.jspecify.annotations.NullMarked;
