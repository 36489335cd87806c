package io.spillway.router.api;

/// A header that is refused. The message does not hold its value.
public final class InvalidHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String header;

    /// @param header the header's name
    /// @param problem what is wrong, as the rest of a sentence that begins with its name
    public InvalidHeaderException(String header, String problem) {
        super("The header '%s' %s.".formatted(header, problem));
        this.header = header;
    }

    /// The error to answer with.
    public ApiError error() {
        return ApiError.invalid(String.valueOf(getMessage()), header);
    }
}
