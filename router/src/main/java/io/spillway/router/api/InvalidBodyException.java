package io.spillway.router.api;

import org.jspecify.annotations.Nullable;

/// A body that is refused. The message is for the caller and holds none of the body's text.
public final class InvalidBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String param;

    InvalidBodyException(String message, @Nullable String param) {
        super(message);
        this.param = param;
    }

    /// The error to answer with.
    public ApiError error() {
        var text = getMessage();
        return ApiError.invalid(text == null ? "The body is not valid." : text, param);
    }
}
