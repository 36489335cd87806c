package io.spillway.testbed.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.spillway.testbed.engine.PromptTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turns request bodies into work, refusing what vLLM refuses. Unknown fields are accepted.
final class RequestReader {
    private static final int IMAGE_TOKENS = 256;
    private static final int COMPLETION_DEFAULT_TOKENS = 16;
    private static final int MOST_CHOICES = 128;

    private final String model;
    private final int maxModelLen;

    RequestReader(String model, int maxModelLen) {
        this.model = model;
        this.maxModelLen = maxModelLen;
    }

    InferenceRequest chat(JsonNode body, @Nullable String requestId) throws ApiError {
        checkCommon(body);
        if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
            throw ApiError.invalid("'messages' must be a list of at least one message", "messages");
        }
        var prompt = chatPrompt(body);
        int room = room(prompt.count(), "messages");
        int maxTokens = maxTokens(body, "max_completion_tokens", room);
        var tool = toolToCall(body);
        return request(true, body, requestId, maxTokens, List.of(prompt), tool);
    }

    InferenceRequest completion(JsonNode body, @Nullable String requestId) throws ApiError {
        checkCommon(body);
        var prompts = prompts(body.path("prompt"), salt(body), "prompt");
        int longest = prompts.stream().mapToInt(PromptTokens::count).max().orElse(1);
        int room = room(longest, "prompt");
        int maxTokens = Math.min(room, maxTokens(body, "max_tokens", COMPLETION_DEFAULT_TOKENS));
        checkLength(body, longest, maxTokens);
        return request(false, body, requestId, maxTokens, prompts, null);
    }

    /// The inputs of an embeddings request.
    List<PromptTokens> embeddings(JsonNode body) throws ApiError {
        checkCommon(body);
        var inputs = prompts(body.path("input"), salt(body), "input");
        for (var input : inputs) {
            room(input.count() - 1, "input");
        }
        return inputs;
    }

    private InferenceRequest request(
            boolean chat,
            JsonNode body,
            @Nullable String requestId,
            int maxTokens,
            List<PromptTokens> prompts,
            @Nullable JsonNode tool)
            throws ApiError {
        if (chat) {
            checkLength(body, prompts.getFirst().count(), maxTokens);
        }
        int n = body.path("n").asInt(1);
        if (n < 1 || n > MOST_CHOICES) {
            throw ApiError.invalid("n must be from 1 to " + MOST_CHOICES + ", got " + n, "n");
        }
        var choices = new ArrayList<InferenceRequest.Choice>();
        for (var prompt : prompts) {
            for (int i = 0; i < n; i++) {
                long seed = PromptTokens.mix(prompt.digest() + i);
                Reply reply =
                        tool == null ? text(body, seed, maxTokens) : Reply.ToolCall.of(tool, seed);
                choices.add(new InferenceRequest.Choice(prompt, reply));
            }
        }
        String id = requestId == null ? UUID.randomUUID().toString().replace("-", "") : requestId;
        return new InferenceRequest(
                chat,
                (chat ? "chatcmpl-" : "cmpl-") + id,
                body.path("model").asText(model),
                body.path("stream").asBoolean(false),
                body.path("stream_options").path("include_usage").asBoolean(false),
                maxTokens,
                n,
                choices);
    }

    private void checkCommon(JsonNode body) throws ApiError {
        if (!body.isObject()) {
            throw ApiError.invalid("the body must be a JSON object", null);
        }
        var wanted = body.path("model");
        if (!wanted.isMissingNode() && !wanted.isNull() && !wanted.asText().equals(model)) {
            throw new ApiError(
                    404, "The model `%s` does not exist.".formatted(wanted.asText()), "model");
        }
        if (body.path("priority").asInt(0) != 0) {
            throw ApiError.invalid(
                    "Got priority %d but Priority scheduling is not enabled."
                            .formatted(body.path("priority").asInt()),
                    "priority");
        }
    }

    private void checkLength(JsonNode body, int promptTokens, int maxTokens) throws ApiError {
        var asked = Math.max(maxTokens, askedTokens(body));
        if ((long) promptTokens + asked > maxModelLen) {
            throw ApiError.invalid(
                    "This model's maximum context length is %d tokens. However, you requested %d tokens (%d in the messages, %d in the completion). Please reduce the length of the messages or completion."
                            .formatted(
                                    maxModelLen, (long) promptTokens + asked, promptTokens, asked),
                    "max_tokens");
        }
    }

    private int room(int promptTokens, String param) throws ApiError {
        if (promptTokens >= maxModelLen) {
            throw ApiError.invalid(
                    "This model's maximum context length is %d tokens. However, your request has %d input tokens. Please reduce the length of the input messages."
                            .formatted(maxModelLen, promptTokens),
                    param);
        }
        return maxModelLen - promptTokens;
    }

    private static int askedTokens(JsonNode body) {
        return Math.max(
                body.path("max_tokens").asInt(0), body.path("max_completion_tokens").asInt(0));
    }

    private static int maxTokens(JsonNode body, String first, int otherwise) throws ApiError {
        for (var field : List.of(first, "max_tokens")) {
            var value = body.path(field);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (!value.isIntegralNumber() || value.asInt() < 1) {
                throw ApiError.invalid(field + " must be an integer of at least 1", field);
            }
            return value.asInt();
        }
        return otherwise;
    }

    /// A text that ends by itself unless the caller forbids it.
    private static Reply text(JsonNode body, long seed, int maxTokens) throws ApiError {
        int least = body.path("min_tokens").asInt(0);
        if (least < 0 || least > maxTokens) {
            throw ApiError.invalid(
                    "min_tokens must be from 0 to max_tokens=%d, got %d"
                            .formatted(maxTokens, least),
                    "min_tokens");
        }
        int natural =
                body.path("ignore_eos").asBoolean(false)
                        ? maxTokens
                        : Math.max(least, 24 + (int) Math.floorMod(seed, 200L));
        return natural < maxTokens
                ? new Reply.Text(seed, natural, "stop")
                : new Reply.Text(seed, maxTokens, "length");
    }

    private static PromptTokens chatPrompt(JsonNode body) {
        var prompt = new PromptTokens(salt(body));
        if (body.path("tools").isArray() && !body.path("tools").isEmpty()) {
            prompt.text(body.path("tools").toString());
        }
        for (var message : body.path("messages")) {
            prompt.text("<|").text(message.path("role").asText()).text("|>");
            content(prompt, message.path("content"));
            if (message.path("tool_calls").isArray()) {
                prompt.text(message.path("tool_calls").toString());
            }
        }
        return prompt.text("<|assistant|>");
    }

    private static void content(PromptTokens prompt, JsonNode content) {
        if (content.isTextual()) {
            prompt.text(content.textValue());
            return;
        }
        for (var part : content) {
            if (part.path("type").asText().equals("text")) {
                prompt.text(part.path("text").asText());
            } else {
                int digest = part.toString().hashCode();
                for (int i = 0; i < IMAGE_TOKENS; i++) {
                    prompt.id(digest + i);
                }
            }
        }
    }

    private static List<PromptTokens> prompts(JsonNode value, String salt, String param)
            throws ApiError {
        if (value.isTextual()) {
            return List.of(new PromptTokens(salt).text(value.textValue()));
        }
        if (!value.isArray() || value.isEmpty()) {
            throw ApiError.invalid(
                    "'%s' must be a string, a list of strings or lists of token ids"
                            .formatted(param),
                    param);
        }
        if (value.get(0).isIntegralNumber()) {
            return List.of(ids(value, salt));
        }
        var prompts = new ArrayList<PromptTokens>();
        for (var item : value) {
            prompts.add(
                    item.isArray() ? ids(item, salt) : new PromptTokens(salt).text(item.asText()));
        }
        return prompts;
    }

    private static PromptTokens ids(JsonNode array, String salt) {
        var prompt = new PromptTokens(salt);
        array.forEach(id -> prompt.id(id.asInt()));
        return prompt;
    }

    private static String salt(JsonNode body) {
        return body.path("cache_salt").asText("");
    }

    /// The tool to call: the one that is forced, or one whose name the last user message mentions.
    private static @Nullable JsonNode toolToCall(JsonNode body) {
        var tools = body.path("tools");
        if (!tools.isArray() || tools.isEmpty()) {
            return null;
        }
        var choice = body.path("tool_choice");
        if (choice.asText().equals("none")) {
            return null;
        }
        if (choice.asText().equals("required")) {
            return tools.get(0).path("function");
        }
        var forced = choice.path("function").path("name").asText("");
        var asked = lastUserText(body.path("messages")).toLowerCase(Locale.ROOT);
        for (var tool : tools) {
            var name = tool.path("function").path("name").asText();
            var wanted =
                    forced.isEmpty()
                            ? asked.contains(name.toLowerCase(Locale.ROOT))
                            : name.equals(forced);
            if (wanted) {
                return tool.path("function");
            }
        }
        return null;
    }

    private static String lastUserText(JsonNode messages) {
        var last = messages.get(messages.size() - 1);
        if (!last.path("role").asText().equals("user")) {
            return "";
        }
        var content = last.path("content");
        return content.isTextual() ? content.textValue() : content.toString();
    }
}
