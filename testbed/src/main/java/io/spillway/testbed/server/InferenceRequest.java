package io.spillway.testbed.server;

import io.spillway.testbed.engine.PromptTokens;
import java.util.List;

/// A request for generated text, checked and ready to run.
///
/// @param chat whether it is a chat, else a plain completion
/// @param id id of the answer, such as `chatcmpl-...`
/// @param model the model as the caller named it
/// @param stream whether the answer comes event by event
/// @param includeUsage whether a stream ends with a usage event
/// @param maxTokens most tokens that one choice may have
/// @param n choices for each prompt
/// @param choices what is to be said, in order of the choices' index
record InferenceRequest(
        boolean chat,
        String id,
        String model,
        boolean stream,
        boolean includeUsage,
        int maxTokens,
        int n,
        List<Choice> choices) {

    InferenceRequest {
        choices = List.copyOf(choices);
    }

    /// @param prompt what it answers; the choices of one prompt share it
    /// @param reply what it will say
    record Choice(PromptTokens prompt, Reply reply) {}

    int promptTokens() {
        int sum = 0;
        for (int i = 0; i < choices.size(); i += n) {
            sum += choices.get(i).prompt().count();
        }
        return sum;
    }
}
