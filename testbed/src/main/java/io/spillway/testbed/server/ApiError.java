package io.spillway.testbed.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/// A refusal as vLLM words it.
final class ApiError extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String param;

    ApiError(int status, String message, @Nullable String param) {
        super(message, null, false, false);
        this.status = status;
        this.param = param;
    }

    static ApiError invalid(String message, @Nullable String param) {
        return new ApiError(400, message, param);
    }

    int status() {
        return status;
    }

    /// The body. Unlike OpenAI's its code is a number, and two statuses have a form of their own.
    static String body(int status, String message, @Nullable String param) {
        var nodes = JsonNodeFactory.instance;
        var body = nodes.objectNode();
        switch (status) {
            case 401 -> body.put("error", "Unauthorized");
            case 503 ->
                    body.put("error", "The model is currently scaling. Please try again later.");
            default ->
                    body.putObject("error")
                            .put("message", message)
                            .put("type", type(status))
                            .put("param", param)
                            .put("code", status);
        }
        return body.toString();
    }

    String body() {
        return body(status, String.valueOf(getMessage()), param);
    }

    private static String type(int status) {
        return switch (status) {
            case 400, 413 -> "BadRequestError";
            case 404 -> "NotFoundError";
            case 429 -> "RateLimitError";
            default -> status < 500 ? "BadRequestError" : "InternalServerError";
        };
    }
}
