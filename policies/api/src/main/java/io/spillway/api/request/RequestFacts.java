package io.spillway.api.request;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts about one request that a policy may read, besides its class and findings.
///
/// @param operation the call
/// @param model the model name the caller sent
/// @param caller who calls
/// @param stream whether the answer is to be streamed
/// @param declaredClass value of `x-spillway-data-class`, null when absent; it can only raise
/// @param unscanned kinds of content in the body that detectors cannot read
/// @param bodyBytes size of the body in bytes
/// @param expectedPromptTokens estimated prompt tokens, for prediction, never for money
/// @param maxTokens most tokens the caller lets the model write, null when it set no limit
public record RequestFacts(
        Operation operation,
        String model,
        Caller caller,
        boolean stream,
        @Nullable DataClass declaredClass,
        Set<String> unscanned,
        int bodyBytes,
        int expectedPromptTokens,
        @Nullable Integer maxTokens) {

    public RequestFacts {
        unscanned = Set.copyOf(unscanned);
    }

    /// The same request of another caller.
    public RequestFacts calledBy(Caller other) {
        return new RequestFacts(
                operation,
                model,
                other,
                stream,
                declaredClass,
                unscanned,
                bodyBytes,
                expectedPromptTokens,
                maxTokens);
    }

    /// The same request that declares a class.
    public RequestFacts declaring(DataClass dataClass) {
        return new RequestFacts(
                operation,
                model,
                caller,
                stream,
                dataClass,
                unscanned,
                bodyBytes,
                expectedPromptTokens,
                maxTokens);
    }
}
