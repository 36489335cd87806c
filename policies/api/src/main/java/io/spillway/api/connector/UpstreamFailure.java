package io.spillway.api.connector;

/// What went wrong at a model server, in terms that a router acts on.
///
/// @param kind what it means for the request
/// @param status HTTP status the server answered
/// @param message text of the server for the caller; may quote the prompt, so it is shown to the
///   caller only and never logged
public record UpstreamFailure(Kind kind, int status, String message) {

    /// What a failure means.
    public enum Kind {
        /// The request itself is wrong; another server would say the same.
        CALLER_ERROR,
        /// The server refused for load; another may take it.
        OVERLOADED,
        /// The server does not know the model: the registry is wrong.
        UNKNOWN_MODEL,
        /// The server did not accept our credentials.
        UNAUTHORIZED,
        /// The server failed; another may do better.
        SERVER_ERROR
    }

    /// Whether another endpoint may be tried.
    public boolean retryable() {
        return kind != Kind.CALLER_ERROR;
    }
}
