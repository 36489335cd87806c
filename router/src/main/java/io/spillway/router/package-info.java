/// The data plane: one request from the caller's socket to a model server and back.
///
/// A request passes `api`, `identity`, `classification`, `decision`, `admission`, `balancing`,
/// `forwarding` and `accounting`, in this order. This package holds what ties them together: start
/// at [DataPlane]. The Quarkus application around it is in `application`.
@NullMarked
package io.spillway.router;

import org.jspecify.annotations.NullMarked;
