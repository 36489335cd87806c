package io.spillway.testbed.server;

import io.spillway.testbed.engine.PromptTokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/// Bodies and events as vLLM writes them.
final class Wire {
    private final InferenceRequest request;
    private final String head;

    Wire(InferenceRequest request, long createdSeconds) {
        this.request = request;
        String object =
                !request.chat()
                        ? "text_completion"
                        : request.stream() ? "chat.completion.chunk" : "chat.completion";
        head =
                "{\"id\":\"%s\",\"object\":\"%s\",\"created\":%d,\"model\":\"%s\",\"choices\":["
                        .formatted(
                                Reply.escape(request.id()),
                                object,
                                createdSeconds,
                                Reply.escape(request.model()));
    }

    /// The event that opens a choice of a chat, empty for plain completions.
    String opening(int index) {
        if (!request.chat()) {
            return "";
        }
        var role = chatEvent(index, "\"role\":\"assistant\",\"content\":\"\"", "null");
        return request.choices().get(index).reply() instanceof Reply.ToolCall call
                ? role + chatEvent(index, toolDelta(call), "null")
                : role;
    }

    /// Events that [#opening] holds.
    int openingEvents(int index) {
        if (!request.chat()) {
            return 0;
        }
        return request.choices().get(index).reply() instanceof Reply.ToolCall ? 2 : 1;
    }

    /// The event for one token, counted from 0.
    String token(int index, int token) {
        var reply = request.choices().get(index).reply();
        var piece = reply.piece(token);
        var finish = token + 1 == reply.tokens() ? "\"" + reply.finishReason() + "\"" : "null";
        if (!request.chat()) {
            return "data: "
                    + head
                    + "{\"index\":"
                    + index
                    + ",\"text\":\""
                    + piece
                    + "\",\"logprobs\":null,\"finish_reason\":"
                    + finish
                    + ",\"stop_reason\":null}]}\n\n";
        }
        return reply instanceof Reply.ToolCall
                ? chatEvent(
                        index,
                        "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
                                + piece
                                + "\"}}]",
                        finish)
                : chatEvent(index, "\"content\":\"" + piece + "\"", finish);
    }

    /// What comes after all tokens of a stream.
    String closing(int cachedTokens) {
        var usage =
                request.includeUsage()
                        ? "data: " + head + "],\"usage\":" + usage(cachedTokens) + "}\n\n"
                        : "";
        return usage + "data: [DONE]\n\n";
    }

    /// The whole answer of a request that does not stream.
    String whole(int cachedTokens) {
        var choices = new StringJoiner(",");
        for (int i = 0; i < request.choices().size(); i++) {
            choices.add(wholeChoice(i));
        }
        return head + choices + "],\"usage\":" + usage(cachedTokens) + "}";
    }

    private String wholeChoice(int index) {
        var reply = request.choices().get(index).reply();
        var end =
                ",\"logprobs\":null,\"finish_reason\":\"%s\",\"stop_reason\":null}"
                        .formatted(reply.finishReason());
        if (!request.chat()) {
            return "{\"index\":%d,\"text\":\"%s\"".formatted(index, reply.whole()) + end;
        }
        var says =
                reply instanceof Reply.ToolCall call
                        ? "\"content\":null,\"tool_calls\":[{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]"
                                .formatted(call.id(), Reply.escape(call.name()), call.whole())
                        : "\"content\":\"%s\",\"tool_calls\":[]".formatted(reply.whole());
        return "{\"index\":%d,\"message\":{\"role\":\"assistant\",%s}".formatted(index, says) + end;
    }

    private String chatEvent(int index, String delta, String finish) {
        return "data: "
                + head
                + "{\"index\":"
                + index
                + ",\"delta\":{"
                + delta
                + "},\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}]}\n\n";
    }

    private static String toolDelta(Reply.ToolCall call) {
        return "\"tool_calls\":[{\"id\":\"%s\",\"type\":\"function\",\"index\":0,\"function\":{\"name\":\"%s\",\"arguments\":\"\"}}]"
                .formatted(call.id(), Reply.escape(call.name()));
    }

    private String usage(int cachedTokens) {
        int prompt = request.promptTokens();
        int completion = request.choices().stream().mapToInt(it -> it.reply().tokens()).sum();
        return usage(prompt, completion, cachedTokens);
    }

    private static String usage(int prompt, int completion, int cached) {
        return "{\"prompt_tokens\":%d,\"total_tokens\":%d,\"completion_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":%d}}"
                .formatted(prompt, prompt + completion, completion, cached);
    }

    /// The answer to an embeddings request: unit vectors that depend on the input alone.
    static String embeddings(String model, List<PromptTokens> inputs, int size, boolean base64) {
        var data = new StringJoiner(",");
        int tokens = 0;
        for (int i = 0; i < inputs.size(); i++) {
            tokens += inputs.get(i).count();
            var vector = vector(inputs.get(i).digest(), size);
            data.add(
                    "{\"index\":%d,\"object\":\"embedding\",\"embedding\":%s}"
                            .formatted(i, base64 ? base64(vector) : plain(vector)));
        }
        return "{\"object\":\"list\",\"data\":[%s],\"model\":\"%s\",\"usage\":%s}"
                .formatted(data, Reply.escape(model), usage(tokens, 0, 0));
    }

    private static float[] vector(long seed, int size) {
        var values = new double[size];
        double squares = 0;
        for (int i = 0; i < size; i++) {
            values[i] = PromptTokens.mix(seed + i) / (double) Long.MAX_VALUE;
            squares += values[i] * values[i];
        }
        var vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) (values[i] / Math.sqrt(squares));
        }
        return vector;
    }

    private static String plain(float[] vector) {
        var text = new StringJoiner(",", "[", "]");
        for (float value : vector) {
            text.add(Float.toString(value));
        }
        return text.toString();
    }

    private static String base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }
}
