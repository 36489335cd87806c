package io.spillway.testbed.server;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spillway.testbed.engine.PromptTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What one choice will say, known in advance: the same prompt always gets the same answer.
sealed interface Reply {

    /// Tokens it takes.
    int tokens();

    /// `stop`, `length` or `tool_calls`.
    String finishReason();

    /// The text of token `index`, counted from 0, escaped for a JSON string.
    String piece(int index);

    /// All of its text, escaped for a JSON string.
    default String whole() {
        var text = new StringBuilder();
        for (int i = 0; i < tokens(); i++) {
            text.append(piece(i));
        }
        return text.toString();
    }

    /// Prose of no meaning.
    record Text(long seed, int tokens, String finishReason) implements Reply {
        private static final List<String> WORDS =
                List.of(
                        " the", " water", " finds", " its", " level", " and", " flows", " over",
                        " a", " gate", " that", " opens", " when", " rain", " fills", " lake",
                        " so", " each", " drop", " knows", " where", " to", " go", " then",
                        " rests", " while", " stone", " holds", " back", " what", " must", " stay");

        @Override
        public String piece(int index) {
            return WORDS.get((int) (PromptTokens.mix(seed + index) & 31));
        }
    }

    /// A call of one tool, its arguments made up to match the tool's schema.
    record ToolCall(String id, String name, List<String> pieces) implements Reply {
        private static final int CHARACTERS = 4;

        static ToolCall of(JsonNode function, long seed) {
            var id = String.format(Locale.ROOT, "chatcmpl-tool-%016x", seed);
            var arguments = arguments(function.path("parameters")).toString();
            var pieces = new ArrayList<String>();
            for (int i = 0; i < arguments.length(); i += CHARACTERS) {
                int end = Math.min(i + CHARACTERS, arguments.length());
                pieces.add(escape(arguments.substring(i, end)));
            }
            return new ToolCall(id, function.path("name").asText(), List.copyOf(pieces));
        }

        @Override
        public int tokens() {
            return pieces.size();
        }

        @Override
        public String finishReason() {
            return "tool_calls";
        }

        @Override
        public String piece(int index) {
            return pieces.get(index);
        }

        private static ObjectNode arguments(JsonNode schema) {
            var object = JsonNodeFactory.instance.objectNode();
            for (var property : schema.path("properties").properties()) {
                object.set(property.getKey(), example(property.getValue()));
            }
            return object;
        }

        private static JsonNode example(JsonNode schema) {
            var nodes = JsonNodeFactory.instance;
            if (schema.path("enum").path(0) instanceof JsonNode first && !first.isMissingNode()) {
                return first;
            }
            return switch (schema.path("type").asText()) {
                case "integer", "number" -> nodes.numberNode(1);
                case "boolean" -> nodes.booleanNode(true);
                case "array" -> nodes.arrayNode();
                case "object" -> arguments(schema);
                default -> nodes.textNode("example");
            };
        }
    }

    /// Text as it stands between the quotes of a JSON string.
    static String escape(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
