package io.spillway.router.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An error as callers see it: OpenAI's error object with one of our stable codes.
///
/// @param status HTTP status
/// @param type OpenAI's family of errors, by which client libraries choose an exception
/// @param code stable code
/// @param message what was wrong, where, and how to mend it
/// @param param the body field or header that is wrong, null when none is
/// @param retryAfterSeconds when trying again can help, null when it cannot
public record ApiError(
        int status,
        String type,
        String code,
        String message,
        @Nullable String param,
        @Nullable Long retryAfterSeconds) {

    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";

    /// A request that is wrong in itself.
    public static ApiError invalid(String message) {
        return invalid(message, null);
    }

    /// A request with one wrong field or header.
    public static ApiError invalid(String message, @Nullable String param) {
        return new ApiError(400, INVALID, "invalid_request", message, param, null);
    }

    /// A request that is wrong in a way that has a status of its own.
    public static ApiError refused(int status, String message) {
        return new ApiError(status, INVALID, "invalid_request", message, null, null);
    }

    /// No key, or one that is not accepted.
    public static ApiError unauthenticated(String message) {
        return new ApiError(401, "authentication_error", "unauthenticated", message, null, null);
    }

    /// The policy or the egress guard forbids every place that could serve.
    public static ApiError denied(String message) {
        return new ApiError(403, "permission_error", "policy_denied", message, null, null);
    }

    /// A model that no one registered. The name is the caller's own and goes back only to them.
    public static ApiError noModel(String name) {
        var shown = name.length() > 128 ? name.substring(0, 128) + "…" : name;
        return new ApiError(
                404,
                "not_found_error",
                "model_not_found",
                "The model '" + shown + "' does not exist; GET /v1/models lists those that do.",
                "model",
                null);
    }

    /// A body over the limit.
    public static ApiError tooLarge(long limit) {
        return new ApiError(
                413,
                INVALID,
                "payload_too_large",
                "The body is larger than the limit of %d bytes.".formatted(limit),
                null,
                null);
    }

    /// Too many requests of one key.
    public static ApiError rateLimited(String message, long retryAfterSeconds) {
        return new ApiError(
                429, "rate_limit_error", "rate_limited", message, null, retryAfterSeconds);
    }

    /// The tenant's money for paid pools is used up.
    public static ApiError overBudget(String message) {
        return new ApiError(429, "rate_limit_error", "budget_exceeded", message, null, null);
    }

    /// The model server failed and no other could be tried.
    public static ApiError upstreamFailed(String message) {
        return new ApiError(502, SERVER, "upstream_failed", message, null, null);
    }

    /// Nothing is free, and waiting helps.
    public static ApiError noCapacity(String message, long retryAfterSeconds) {
        return new ApiError(503, SERVER, "no_capacity", message, null, retryAfterSeconds);
    }

    /// The request's time ran out.
    public static ApiError deadlineExceeded(String message) {
        return new ApiError(504, SERVER, "deadline_exceeded", message, null, null);
    }

    /// The error object, as UTF-8 JSON.
    public byte[] json() {
        var out = new StringBuilder(160 + message.length()).append("{\"error\":{\"message\":");
        quote(out, message).append(",\"type\":");
        quote(out, type).append(",\"param\":");
        (param == null ? out.append("null") : quote(out, param)).append(",\"code\":");
        return quote(out, code).append("}}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder quote(StringBuilder out, String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"');
    }
}
