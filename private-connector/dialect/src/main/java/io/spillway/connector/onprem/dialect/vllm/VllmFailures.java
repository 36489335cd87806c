package io.spillway.connector.onprem.dialect.vllm;

import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.connector.UpstreamFailure.Kind;
import io.spillway.wire.ErrorBody;
import io.spillway.wire.Failures;
import java.util.List;

/// Reads vLLM's errors.
///
/// Its codes are integers. A missing key is a bare string. During elastic scaling every path
/// answers 503. And what a handler throws as `ValueError`, `TypeError` or `RuntimeError` comes back
/// as 400 although the caller did nothing wrong.
final class VllmFailures {

    /// How the texts of such 400s begin. Only the beginning counts: validation errors quote the
    /// request further on, and a caller must not be able to make a healthy server look broken.
    private static final List<String> ENGINE_TROUBLE =
            List.of(
                    "CUDA",
                    "HIP error",
                    "NCCL",
                    "cuBLAS",
                    "CUBLAS",
                    "cuDNN",
                    "Engine",
                    "Background loop",
                    "Expected all tensors",
                    "The size of tensor",
                    "No available memory",
                    "RuntimeError",
                    "TypeError",
                    "AttributeError",
                    "AssertionError",
                    "'NoneType' object",
                    "unsupported operand type",
                    "cannot schedule new futures");

    private VllmFailures() {}

    static UpstreamFailure of(int status, byte[] body) {
        var error = ErrorBody.read(body);
        return Failures.of(kind(effective(status, error), error), effective(status, error), error);
    }

    /// Inside a stream the status was 200 long ago; there the error object's code tells.
    private static int effective(int status, ErrorBody error) {
        if (status >= 400) {
            return status;
        }
        return error.codeAsStatus() != 0 ? error.codeAsStatus() : 500;
    }

    private static Kind kind(int status, ErrorBody error) {
        return switch (status) {
            case 401, 403, 407 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.UNKNOWN_MODEL;
            case 429, 503 -> Kind.OVERLOADED;
            case 400 -> isEngineTrouble(error) ? Kind.SERVER_ERROR : Kind.CALLER_ERROR;
            case 413, 414, 415, 422, 431 -> Kind.CALLER_ERROR;
            default -> Kind.SERVER_ERROR;
        };
    }

    private static boolean isEngineTrouble(ErrorBody error) {
        var message = error.message();
        return message != null && ENGINE_TROUBLE.stream().anyMatch(message::startsWith);
    }
}
