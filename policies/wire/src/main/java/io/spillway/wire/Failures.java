package io.spillway.wire;

import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.connector.UpstreamFailure.Kind;
import java.util.Objects;

/// Words a failure for the caller.
public final class Failures {
    private Failures() {}

    /// The server's own text goes to the caller only when the caller is at fault. The others quote
    /// what is none of the caller's business: pieces of our key, the organization's id, stack
    /// traces, names of hosts.
    public static UpstreamFailure of(Kind kind, int status, ErrorBody error) {
        var message =
                switch (kind) {
                    case CALLER_ERROR ->
                            Objects.requireNonNullElse(
                                    error.message(),
                                    "the model server refused the request with status " + status);
                    case OVERLOADED -> "the model server is overloaded";
                    case UNKNOWN_MODEL -> "the model server does not serve this model or call";
                    case UNAUTHORIZED -> "the model server did not accept Spillway's credentials";
                    case SERVER_ERROR -> "the model server failed with status " + status;
                };
        return new UpstreamFailure(kind, status, message);
    }
}
