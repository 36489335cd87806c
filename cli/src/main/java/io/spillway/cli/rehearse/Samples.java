package io.spillway.cli.rehearse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.policy.evaluate.Sample;
import io.spillway.policy.evaluate.Sample.Entity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads labelled texts: `{"text", "entities": [{"type", "start", "end"}]}` or `{"text",
/// "sensitive": true}`. Other members are for the author and are passed over.
final class Samples {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Samples() {}

    /// A line that is not a sample. The message says what and how to mend, without any text of the
    /// line.
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message);
        }
    }

    /// Reads one line.
    static Sample read(byte[] line) throws Mistake {
        var node = parse(line);
        if (!node.isObject()) {
            throw new Mistake("the line is no JSON object; write {\"text\": …, \"entities\": […]}");
        }
        var text = node.get("text");
        if (text == null || !text.isTextual()) {
            throw new Mistake("text is missing or no string; give the text itself");
        }
        var sensitive = node.get("sensitive");
        if (sensitive != null && !sensitive.isBoolean()) {
            throw new Mistake("sensitive is neither true nor false; write one of them");
        }
        var entities = node.get("entities");
        if (entities == null && sensitive == null) {
            throw new Mistake(
                    "neither entities nor sensitive is given; add \"entities\": [] to a text that"
                            + " holds nothing");
        }
        return new Sample(
                text.asText(),
                entities == null ? null : entities(entities, text.asText()),
                sensitive == null ? null : sensitive.booleanValue());
    }

    private static JsonNode parse(byte[] line) throws Mistake {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Mistake(
                    "the line is not JSON%s; write one object a line, in UTF-8, with members of"
                                    .formatted(
                                            at == null
                                                    ? ""
                                                    : " (column %d)".formatted(at.getColumnNr()))
                            + " different names");
        } catch (IOException e) {
            throw new Mistake("the line is not UTF-8; convert the file");
        }
    }

    private static List<Entity> entities(JsonNode list, String text) throws Mistake {
        if (!list.isArray()) {
            throw new Mistake("entities is no list; write [] when the text holds nothing");
        }
        int length = text.codePointCount(0, text.length());
        var entities = new ArrayList<Entity>();
        for (var item : list) {
            entities.add(entity(item, entities.size(), length));
        }
        return entities;
    }

    private static Entity entity(JsonNode item, int index, int length) throws Mistake {
        var type = item.get("type");
        var start = whole(item.get("start"));
        var end = whole(item.get("end"));
        if (type == null || !type.isTextual() || type.asText().isBlank()) {
            throw new Mistake(
                    "entities[%d] has no type; name what it is, such as email".formatted(index));
        }
        if (start == null || end == null) {
            throw new Mistake(
                    "entities[%d] lacks start or end; give both as whole numbers of code points"
                            .formatted(index));
        }
        if (start < 0 || end <= start || end > length) {
            throw new Mistake(
                    "entities[%d] is [%d, %d) in a text of %d code points; count code points, end exclusive"
                            .formatted(index, start, end, length));
        }
        return new Entity(type.asText(), start, end);
    }

    private static @Nullable Integer whole(@Nullable JsonNode node) {
        return node == null || !node.canConvertToExactIntegral() || !node.canConvertToInt()
                ? null
                : node.intValue();
    }
}
