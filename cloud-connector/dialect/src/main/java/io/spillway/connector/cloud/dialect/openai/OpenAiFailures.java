package io.spillway.connector.cloud.dialect.openai;

import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.connector.UpstreamFailure.Kind;
import io.spillway.wire.ErrorBody;
import io.spillway.wire.Failures;
import java.util.Set;

/// Reads a provider's errors.
final class OpenAiFailures {

    /// A spent account answers 429 like a rate limit, but waiting does not mend it: an operator has
    /// to, as with a wrong key.
    private static final Set<String> ACCOUNT_TROUBLE =
            Set.of(
                    "insufficient_quota",
                    "billing_hard_limit_reached",
                    "billing_not_active",
                    "account_deactivated",
                    "invalid_api_key",
                    "authentication_error",
                    "permission_error");

    private static final Set<String> LOAD =
            Set.of(
                    "rate_limit_exceeded",
                    "rate_limit_error",
                    "overloaded_error",
                    "requests",
                    "tokens");

    private OpenAiFailures() {}

    static UpstreamFailure of(int status, byte[] body) {
        var error = ErrorBody.read(body);
        var effective = status >= 400 ? status : statusInStream(error);
        return Failures.of(kind(effective, error), effective, error);
    }

    private static Kind kind(int status, ErrorBody error) {
        if (is(ACCOUNT_TROUBLE, error)) {
            return Kind.UNAUTHORIZED;
        }
        return switch (status) {
            case 401, 402, 403, 407 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.UNKNOWN_MODEL;
            case 429, 503, 529 -> Kind.OVERLOADED;
            case 400 ->
                    is(Set.of("model_not_found"), error) ? Kind.UNKNOWN_MODEL : Kind.CALLER_ERROR;
            case 413, 414, 415, 422, 431 -> Kind.CALLER_ERROR;
            default -> Kind.SERVER_ERROR;
        };
    }

    /// Inside a stream the status was 200 long ago; there the error's type tells.
    private static int statusInStream(ErrorBody error) {
        if (error.codeAsStatus() != 0) {
            return error.codeAsStatus();
        }
        if (is(LOAD, error)) {
            return 429;
        }
        return "invalid_request_error".equals(error.type()) ? 400 : 500;
    }

    private static boolean is(Set<String> names, ErrorBody error) {
        return (error.code() != null && names.contains(error.code()))
                || (error.type() != null && names.contains(error.type()));
    }
}
