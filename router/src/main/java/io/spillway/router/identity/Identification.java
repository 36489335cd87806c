package io.spillway.router.identity;

import io.spillway.router.api.ApiError;

/// Whether a request's head names a caller that this router may serve.
public sealed interface Identification {

    /// It does.
    record Known(Principal principal) implements Identification {}

    /// It does not.
    record Refused(ApiError error) implements Identification {}
}
