package io.spillway.control.decision;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// How a request ended.
@Schema(description = "How a request ended.")
public enum Outcome {
    SERVED,
    SHED,
    DENIED,
    FAILED,
    CANCELLED
}
